// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.error.Effect;
import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.RunStoppedException;
import dev.sluice.api.error.StepOutcomeUnknownException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.CopyMethod;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.run.StepResult;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.dump.DumpCode;
import dev.sluice.core.dump.IdlePrograms;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.journal.JournalRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunTest {
    private final FakeEngine engine = new FakeEngine();
    private final Journal journal = Journal.inMemory();
    private final List<RunEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final Sluice sluice = Sluice.builder()
            .engines(engine)
            .journal(journal)
            .secrets(SecretResolver.withNamed(name -> "hunter2"))
            .retries(new RetryLimits(3, Duration.ofMillis(10), Duration.ofMillis(20)))
            .listener(events::add)
            .clientPrograms(new IdlePrograms(Problem.of(DumpCode.PROGRAM_MISSING, "planted")))
            .build();
    private final ReplicationPlan plan = ReplicationPlan.from(new FakeServer("db1"))
            .to(new FakeServer("db2"))
            .until(GuideStep.ENABLE_REPLICATION);

    @AfterEach
    void close() {
        sluice.close();
    }

    private ReplicationRun start() {
        return sluice.start(sluice.compile(plan));
    }

    private static Problem problem() {
        return Problem.of(RunCode.BUG, "planted");
    }

    private RunResult failed(ReplicationRun run) throws InterruptedException {
        assertThatThrownBy(run::await).isInstanceOf(RunStoppedException.class);
        return run.completion().toCompletableFuture().join();
    }

    @Test
    void allStepsAreDoneInTheGuidesOrder() throws InterruptedException {
        RunResult result = start().await();

        assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(engine.log.stream().filter(line -> line.matches("[A-Z_]+")))
                .containsExactly(
                        "ENABLE_BINLOG",
                        "RETAIN_BINLOGS",
                        "CREATE_REPLICATION_USER",
                        "PREPARE_REPLICA",
                        "PROTECT_REPLICA",
                        "ENABLE_REPLICATION");
        assertThat(result.steps()).extracting(StepResult::outcome).containsOnly(StepResult.Outcome.DONE);
        assertThat(result.rowsCopied()).isEqualTo(5);
        assertThat(result.coordinates()).isPresent();
    }

    @Test
    void enginesWithAnAccessOfTheirOwnStartNoPrograms() throws InterruptedException {
        ReplicationPlan dumped = plan.copyWith(CopyMethod.MYSQLDUMP);

        assertThat(sluice.start(sluice.compile(dumped)).await().rowsCopied()).isEqualTo(5);
    }

    @Test
    void whatIsDoneAlreadyIsNotDoneAgain() throws InterruptedException {
        engine.applied.add("RETAIN_BINLOGS");

        RunResult result = start().await();

        assertThat(engine.log).doesNotContain("RETAIN_BINLOGS");
        assertThat(result.steps().get(1).outcome()).isEqualTo(StepResult.Outcome.ALREADY_DONE);
    }

    @Test
    void whatSurelyWasNotAppliedIsTriedAgain() throws InterruptedException {
        engine.before(GuideStep.RETAIN_BINLOGS, () -> {
            throw new StepUnavailableException(problem());
        });

        assertThat(start().await().state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(engine.log).containsOnlyOnce("RETAIN_BINLOGS");
        assertThat(events).hasAtLeastOneElementOfType(RunEvent.RetryScheduled.class);
    }

    @Test
    void whatMayTakeLongIsWaitedForMoreThanAFewTimes() throws InterruptedException {
        for (int i = 0; i < 12; i++) {
            engine.before(GuideStep.RETAIN_BINLOGS, () -> {
                throw new StepUnavailableException(Problem.of(Busy.BUSY, "it is being modified"));
            });
        }

        assertThat(start().await().state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(engine.log).containsOnlyOnce("RETAIN_BINLOGS");
    }

    @Test
    void nothingIsInterruptedThatSomebodyElseDidDuringTheWaitBefore() throws InterruptedException {
        engine.disruptive.put(GuideStep.RETAIN_BINLOGS, 4);

        RunResult result =
                sluice.start(sluice.compile(plan.allowSourceRestart())).await();

        assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(engine.log).doesNotContain("RETAIN_BINLOGS").contains("CREATE_REPLICATION_USER");
    }

    @Test
    void patienceEnds() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            engine.before(GuideStep.RETAIN_BINLOGS, () -> {
                throw new StepUnavailableException(problem());
            });
        }

        RunResult result = failed(start());

        assertThat(result.state()).isEqualTo(RunState.FAILED);
        assertThat(result.steps().get(1).outcome()).isEqualTo(StepResult.Outcome.FAILED);
        assertThat(result.steps().get(2).outcome()).isEqualTo(StepResult.Outcome.NOT_REACHED);
    }

    @Test
    void aLostAnswerIsNeverRepeatedBlindly() throws InterruptedException {
        engine.after(GuideStep.ENABLE_REPLICATION, () -> {
            throw new StepOutcomeUnknownException(problem());
        });

        assertThat(start().await().state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(engine.log).containsOnlyOnce("ENABLE_REPLICATION");
        assertThat(events).hasAtLeastOneElementOfType(RunEvent.OutcomeUnknown.class);
    }

    @Test
    void aLostQuestionIsAskedAgainAfterALook() throws InterruptedException {
        engine.before(GuideStep.ENABLE_REPLICATION, () -> {
            throw new StepOutcomeUnknownException(problem());
        });

        assertThat(start().await().state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(engine.log).containsOnlyOnce("ENABLE_REPLICATION");
    }

    @Test
    void aRefusalEndsTheRunAndKeepsItsChangesButNotItsGuards() throws InterruptedException {
        engine.undoScopes.put(GuideStep.RETAIN_BINLOGS, UndoScope.TEMPORARY);
        engine.undoScopes.put(GuideStep.CREATE_REPLICATION_USER, UndoScope.ROLLBACK);
        engine.undoScopes.put(GuideStep.PREPARE_REPLICA, UndoScope.GUARD);
        engine.before(GuideStep.ENABLE_REPLICATION, () -> {
            throw new StepRefusedException(problem());
        });

        RunResult result = failed(start());

        assertThat(engine.log).contains("undo PREPARE_REPLICA").doesNotContain("undo RETAIN_BINLOGS");
        assertThat(result.left()).hasSize(2).allMatch(line -> line.startsWith("still to be undone"));
    }

    @Test
    void anErrorEndsTheRunAsARefusalDoes() throws InterruptedException {
        engine.undoScopes.put(GuideStep.PREPARE_REPLICA, UndoScope.GUARD);
        engine.before(GuideStep.ENABLE_REPLICATION, () -> {
            throw new OutOfMemoryError("planted");
        });

        RunResult result = failed(start());

        assertThat(result.state()).isEqualTo(RunState.FAILED);
        assertThat(engine.log).contains("undo PREPARE_REPLICA");
    }

    @Test
    void theEffectOfTheFailingCallReachesTheCaller() {
        engine.before(GuideStep.ENABLE_BINLOG, () -> {
            throw new StepRefusedException(problem());
        });

        assertThatThrownBy(start()::await)
                .isInstanceOfSatisfying(
                        RunStoppedException.class, e -> assertThat(e.effect()).isEqualTo(Effect.NONE))
                .hasMessageContaining("planted");
    }

    @Test
    void cancelUndoesEverythingNewestFirst() throws InterruptedException {
        engine.undoScopes.put(GuideStep.RETAIN_BINLOGS, UndoScope.TEMPORARY);
        engine.undoScopes.put(GuideStep.CREATE_REPLICATION_USER, UndoScope.ROLLBACK);
        CountDownLatch reached = new CountDownLatch(1);
        ReplicationRun run = sluice.start(sluice.compile(plan.pauseBefore(GuideStep.ENABLE_REPLICATION)), event -> {
            if (event instanceof RunEvent.StateChanged change && change.state() == RunState.PAUSED) {
                reached.countDown();
            }
        });
        assertThat(reached.await(20, TimeUnit.SECONDS)).isTrue();

        run.cancel();
        RunResult result = failed(run);

        assertThat(result.state()).isEqualTo(RunState.CANCELLED);
        assertThat(engine.log.stream().filter(line -> line.startsWith("undo")))
                .containsExactly("undo CREATE_REPLICATION_USER", "undo RETAIN_BINLOGS");
        assertThat(result.left()).isEmpty();
        assertThat(engine.log).doesNotContain("ENABLE_REPLICATION");
    }

    @Test
    void aRunThatIsCancelledSaysSoUntilItHasEnded() throws InterruptedException {
        CountDownLatch undo = new CountDownLatch(1);
        engine.undoScopes.put(GuideStep.RETAIN_BINLOGS, UndoScope.TEMPORARY);
        engine.beforeUndo(() -> await().until(() -> undo.getCount() == 0));
        ReplicationRun run = sluice.start(sluice.compile(plan.pauseBefore(GuideStep.ENABLE_REPLICATION)));
        await().until(() -> run.status().state() == RunState.PAUSED);

        run.cancel();
        assertThat(run.status().state()).isEqualTo(RunState.CANCELLING);
        run.proceed();
        undo.countDown();
        failed(run);
        run.cancel();

        assertThat(run.status().state()).isEqualTo(RunState.CANCELLED);
        assertThat(events)
                .filteredOn(RunEvent.StateChanged.class::isInstance)
                .extracting(event -> ((RunEvent.StateChanged) event).state())
                .containsExactly(RunState.PAUSED, RunState.CANCELLING, RunState.CANCELLED);
    }

    @Test
    void theUndoOfAChangeThatWasRefusedIsForgotten() throws InterruptedException {
        engine.undoScopes.put(GuideStep.CREATE_REPLICATION_USER, UndoScope.ROLLBACK);
        engine.before(GuideStep.CREATE_REPLICATION_USER, () -> {
            throw new StepRefusedException(problem());
        });

        assertThat(failed(start()).left()).isEmpty();
    }

    @Test
    void aPasswordThatReplicasDoNotTakeIsRefusedBeforeAnythingIsChanged() throws InterruptedException {
        try (Sluice longPassword = Sluice.builder()
                .journal(Journal.inMemory())
                .engines(engine)
                .secrets(SecretResolver.withNamed(name -> "x".repeat(33)))
                .build()) {
            ReplicationRun run = longPassword.start(
                    longPassword.compile(plan.replicationUser("repl", dev.sluice.api.secret.Secret.named("long"))));

            assertThat(failed(run).problem().orElseThrow().code()).isEqualTo(RunCode.PASSWORD_TOO_LONG);
            assertThat(engine.log).isEmpty();
        }
    }

    @Test
    void whatOnlyMakesARunFasterIsGoneWithoutWhereItIsRefused() throws InterruptedException {
        engine.undoScopes.put(GuideStep.DISABLE_REDO_LOG, UndoScope.GUARD);
        engine.before(GuideStep.DISABLE_REDO_LOG, () -> {
            throw new StepRefusedException(problem());
        });

        RunResult result = sluice.start(sluice.compile(plan.allowRedoLogOff())).await();

        assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(engine.log).doesNotContain("DISABLE_REDO_LOG", "undo DISABLE_REDO_LOG");
        assertThat(events)
                .filteredOn(RunEvent.Warning.class::isInstance)
                .extracting(event -> ((RunEvent.Warning) event).problem().code().id())
                .containsExactly("CORE-627");
    }

    @Test
    void theRedoLogIsSwitchedOnceAroundTheLoad() throws InterruptedException {
        engine.undoScopes.put(GuideStep.DISABLE_REDO_LOG, UndoScope.GUARD);

        RunResult result = sluice.start(sluice.compile(plan.allowRedoLogOff())).await();

        assertThat(engine.log).containsSubsequence("DISABLE_REDO_LOG", "ENABLE_REDO_LOG", "PROTECT_REPLICA");
        assertThat(engine.log).doesNotContain("undo DISABLE_REDO_LOG");
        assertThat(result.left()).isEmpty();
    }

    @Test
    void withoutTheConsentTheRedoLogIsNoRowOfThePlan() throws InterruptedException {
        start().await();

        assertThat(engine.log).doesNotContain("DISABLE_REDO_LOG", "ENABLE_REDO_LOG");
    }

    @Test
    void successDropsRollbacksAndPlaysWhatWasTemporary() throws InterruptedException {
        engine.undoScopes.put(GuideStep.PREPARE_REPLICA, UndoScope.TEMPORARY);
        engine.undoScopes.put(GuideStep.CREATE_REPLICATION_USER, UndoScope.ROLLBACK);

        assertThat(start().await().left()).isEmpty();
        assertThat(engine.log).contains("undo PREPARE_REPLICA").doesNotContain("undo CREATE_REPLICATION_USER");
    }

    @Test
    void undosAreJournaledBeforeTheChange() throws InterruptedException {
        engine.undoScopes.put(GuideStep.RETAIN_BINLOGS, UndoScope.TEMPORARY);

        ReplicationRun run = start();
        run.await();

        List<JournalRecord> records = journal.read(run.id());
        int undo = indexOf(records, JournalRecord.UndoRegistered.class);
        int change = records.indexOf(records.stream()
                .filter(r -> r instanceof JournalRecord.OperationOpened o
                        && o.operation().equals("RETAIN_BINLOGS"))
                .findFirst()
                .orElseThrow());
        assertThat(undo).isBetween(0, change - 1);
    }

    private static int indexOf(List<JournalRecord> records, Class<?> type) {
        return records.indexOf(
                records.stream().filter(type::isInstance).findFirst().orElseThrow());
    }

    @Test
    void aPauseWaitsForProceed() throws InterruptedException {
        ReplicationRun run = sluice.start(sluice.compile(plan.pauseBefore(GuideStep.LOAD)));
        await().atMost(Duration.ofSeconds(20)).until(() -> run.status().state() == RunState.PAUSED);
        assertThat(engine.log).doesNotContain("ENABLE_REPLICATION");

        run.proceed();

        assertThat(run.await().state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void closeLeavesChangesInPlace() throws InterruptedException {
        engine.undoScopes.put(GuideStep.CREATE_REPLICATION_USER, UndoScope.ROLLBACK);
        ReplicationRun run = sluice.start(sluice.compile(plan.pauseBefore(GuideStep.ENABLE_REPLICATION)));
        await().atMost(Duration.ofSeconds(20)).until(() -> run.status().state() == RunState.PAUSED);

        sluice.close();

        RunResult result = failed(run);
        assertThat(result.state()).isEqualTo(RunState.FAILED);
        assertThat(result.problem().orElseThrow().code()).isEqualTo(RunCode.CLOSED);
        assertThat(engine.log).doesNotContain("undo CREATE_REPLICATION_USER");
    }

    @Test
    void aPersonsActionIsDoneWhenTheServerShowsIt() throws InterruptedException {
        engine.byPerson.add(GuideStep.ENABLE_BINLOG);
        ReplicationRun run = start();
        await().atMost(Duration.ofSeconds(20)).until(() -> !run.pendingActions().isEmpty());
        assertThat(run.status().state()).isEqualTo(RunState.WAITING_FOR_PERSON);
        assertThat(run.pendingActions().get(0).instructions()).containsExactly("restart it");

        engine.applied.add("ENABLE_BINLOG");

        assertThat(run.await().state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.pendingActions()).isEmpty();
    }

    @Test
    void aListenerThatThrowsHarmsNothing() throws InterruptedException {
        RunResult result = sluice.start(sluice.compile(plan), event -> {
                    throw new IllegalStateException("planted");
                })
                .await();

        assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void eventsComeInOrderOnOneThreadThatIsNotTheRuns() throws InterruptedException {
        List<String> threads = Collections.synchronizedList(new ArrayList<>());
        ReplicationRun run = sluice.start(
                sluice.compile(plan),
                event -> threads.add(Thread.currentThread().getName()));
        run.await();

        assertThat(threads.stream().distinct()).containsExactly("sluice-events-" + run.id());
        assertThat(events.get(0)).isInstanceOf(RunEvent.RunStarted.class);
        assertThat(events.get(events.size() - 1)).isInstanceOf(RunEvent.RunFinished.class);
    }

    @Test
    void aPlanThatWouldNowDoSomethingElseIsRefusedWithTheDifference() {
        var compiled = sluice.compile(plan);
        engine.byPerson.add(GuideStep.ENABLE_BINLOG);

        assertThatThrownBy(() -> sluice.start(compiled))
                .isInstanceOf(PlanRejectedException.class)
                .hasMessageContaining("CORE-616")
                .hasMessageContaining("restart it");
        assertThat(engine.log).isEmpty();
    }

    @Test
    void plansAndCompiledPlansGoToJsonAndBack() {
        var compiled =
                sluice.compile(plan.withoutDatabases("a`b'c").allowPlainText().retainBinlogs(Duration.ofHours(144)));

        assertThat(sluice.planFromJson(sluice.toJson(compiled.plan()))).isEqualTo(compiled.plan());
        assertThat(sluice.compiledPlanFromJson(sluice.toJson(compiled))).isEqualTo(compiled);
    }

    @Test
    void anAlteredCompiledPlanIsRefused() {
        String json =
                sluice.toJson(sluice.compile(plan)).replace("\"sql\" : \"RETAIN_BINLOGS\"", "\"sql\" : \"DROP ALL\"");

        assertThatThrownBy(() -> sluice.compiledPlanFromJson(json)).hasMessageContaining("altered");
    }

    @Test
    void noThreadIsLeftAfterClose() throws InterruptedException {
        start().await();
        sluice.close();

        await().atMost(Duration.ofSeconds(10))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("sluice-")));
    }
}
