// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.error.Effect;
import dev.sluice.api.error.JournalException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.RunStoppedException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunId;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.journal.JournalCode;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.core.journal.JournalWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end of runs that fail: what is taken back, when, and what is said of it. */
@Timeout(60)
class AbandonTest {
    private static final String ACCOUNT = "undo CREATE_REPLICATION_USER";
    private static final String RETENTION = "undo RETAIN_BINLOGS";

    private final FakeEngine engine = new FakeEngine();
    private final FailingJournal journal = new FailingJournal();
    private final List<RunEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final Sluice sluice = Sluice.builder()
            .engines(engine)
            .journal(journal)
            .secrets(SecretResolver.withNamed(name -> "hunter2"))
            .retries(new RetryLimits(3, Duration.ofMillis(10), Duration.ofMillis(20)))
            .listener(events::add)
            .build();
    private final ReplicationPlan plan = ReplicationPlan.from(new FakeServer("db1"))
            .to(new FakeServer("db2"))
            .until(GuideStep.ENABLE_REPLICATION);

    @BeforeEach
    void changesHaveUndos() {
        engine.undoScopes.put(GuideStep.RETAIN_BINLOGS, UndoScope.TEMPORARY);
        engine.undoScopes.put(GuideStep.CREATE_REPLICATION_USER, UndoScope.ROLLBACK);
        engine.undoScopes.put(GuideStep.PREPARE_REPLICA, UndoScope.GUARD);
    }

    @AfterEach
    void close() {
        sluice.close();
    }

    private static Problem problem() {
        return Problem.of(RunCode.BUG, "planted");
    }

    private static void refuse() {
        throw new StepRefusedException(problem());
    }

    private static void failForNow() {
        throw new StepUnavailableException(problem());
    }

    private ReplicationRun failedRun() {
        engine.before(GuideStep.ENABLE_REPLICATION, AbandonTest::refuse);
        ReplicationRun run = sluice.start(sluice.compile(plan));
        assertThatThrownBy(run::await).isInstanceOf(RunStoppedException.class);
        return run;
    }

    private List<String> undone() {
        return engine.log.stream().filter(line -> line.startsWith("undo")).toList();
    }

    @Test
    void allThatIsStillInPlaceIsUndoneNewestFirst() throws InterruptedException {
        ReplicationRun run = failedRun();
        assertThat(undone()).containsExactly("undo PREPARE_REPLICA");

        RunResult result = run.abandon();

        assertThat(undone()).containsExactly("undo PREPARE_REPLICA", ACCOUNT, RETENTION);
        assertThat(result.state()).isEqualTo(RunState.ABANDONED);
        assertThat(result.undone()).containsExactly("undo PREPARE_REPLICA", ACCOUNT, RETENTION);
        assertThat(result.left()).isEmpty();
        assertThat(result.problem().orElseThrow().what()).isEqualTo("planted");
    }

    @Test
    void whoAsksTheRunAfterwardsHearsOfIt() throws InterruptedException {
        ReplicationRun run = failedRun();
        assertThat(run.completion().toCompletableFuture().join().state()).isEqualTo(RunState.FAILED);

        RunResult result = run.abandon();

        assertThat(run.status().state()).isEqualTo(RunState.ABANDONED);
        assertThat(run.completion().toCompletableFuture().join()).isEqualTo(result);
        assertThatThrownBy(run::await).isInstanceOf(RunStoppedException.class).hasMessageContaining("planted");
        assertThat(events)
                .anyMatch(event -> event instanceof RunEvent.UndoPlayed played
                        && played.purpose().equals(ACCOUNT)
                        && played.outcome() == RunEvent.UndoOutcome.UNDONE);
        assertThat(events.get(events.size() - 1))
                .isInstanceOfSatisfying(
                        RunEvent.RunFinished.class,
                        end -> assertThat(end.result().state()).isEqualTo(RunState.ABANDONED));
    }

    @Test
    void theJournalKnowsItBeforeTheFirstUndoAndAfterTheLast() throws InterruptedException {
        ReplicationRun run = failedRun();
        int before = journal.read(run.id()).size();

        run.abandon();

        List<JournalRecord> more = journal.read(run.id());
        assertThat(more.subList(before, more.size()))
                .<Class<?>>extracting(Object::getClass)
                .containsExactly(
                        JournalRecord.RunAbandoned.class,
                        JournalRecord.UndoSettled.class,
                        JournalRecord.UndoSettled.class,
                        JournalRecord.RunClosed.class);
        assertThat(((JournalRecord.RunClosed) more.get(more.size() - 1)).state())
                .isEqualTo(RunState.ABANDONED);
    }

    @Test
    void nothingIsUndoneThatTheJournalCouldNotBeToldOf() {
        ReplicationRun run = failedRun();
        journal.refuses = JournalRecord.RunAbandoned.class::isInstance;

        assertThatThrownBy(run::abandon).isInstanceOf(JournalException.class);

        assertThat(undone()).containsExactly("undo PREPARE_REPLICA");
        assertThat(run.status().state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void aRunThatIsUnderWayIsNotAbandoned() {
        ReplicationRun run = sluice.start(sluice.compile(plan.pauseBefore(GuideStep.ENABLE_REPLICATION)));
        await().atMost(Duration.ofSeconds(20)).until(() -> run.status().state() == RunState.PAUSED);

        assertThatThrownBy(run::abandon)
                .isInstanceOf(StepRefusedException.class)
                .hasMessageContaining("CORE-624")
                .hasMessageContaining("cancel()");
        assertThat(run.status().state()).isEqualTo(RunState.PAUSED);
        assertThat(undone()).isEmpty();
    }

    @Test
    void aRunThatSucceededIsLeftAsItIs() throws InterruptedException {
        ReplicationRun run = sluice.start(sluice.compile(plan));
        RunResult success = run.await();
        List<String> before = undone();

        assertThat(run.abandon()).isEqualTo(success);

        assertThat(undone()).isEqualTo(before).doesNotContain(ACCOUNT);
    }

    @Test
    void aSecondTimeTouchesNothing() throws InterruptedException {
        ReplicationRun run = failedRun();
        RunResult first = run.abandon();
        int lines = engine.log.size();

        assertThat(run.abandon()).isEqualTo(first);

        assertThat(engine.log).hasSize(lines);
    }

    @Test
    void aRunThatWasCancelledAndIsCleanIsLeftAsItIs() throws InterruptedException {
        ReplicationRun run = cancelled();
        int lines = engine.log.size();

        assertThat(run.abandon().state()).isEqualTo(RunState.CANCELLED);

        assertThat(engine.log).hasSize(lines);
    }

    @Test
    void whatACancelCouldNotUndoIsTriedAgain() throws InterruptedException {
        engine.beforeUndo(() -> {}).beforeUndo(AbandonTest::refuse);
        ReplicationRun run = cancelled();
        assertThat(run.completion().toCompletableFuture().join().left())
                .singleElement()
                .asString()
                .startsWith("not undone: " + ACCOUNT)
                .contains("planted");

        RunResult result = run.abandon();

        assertThat(result.state()).isEqualTo(RunState.CANCELLED);
        assertThat(result.left()).isEmpty();
        assertThat(result.undone()).contains(ACCOUNT);
    }

    private ReplicationRun cancelled() {
        ReplicationRun run = sluice.start(sluice.compile(plan.pauseBefore(GuideStep.ENABLE_REPLICATION)));
        await().atMost(Duration.ofSeconds(20)).until(() -> run.status().state() == RunState.PAUSED);
        run.cancel();
        assertThatThrownBy(run::await).isInstanceOf(RunStoppedException.class);
        return run;
    }

    /** Undoing may take half an hour a statement, for which nobody waits who closes. */
    @Test
    void closingEndsTheUndoingAfterACancelButForLocks() throws InterruptedException {
        engine.undoScopes.put(GuideStep.RETAIN_BINLOGS, UndoScope.GUARD);
        engine.undoScopes.put(GuideStep.PREPARE_REPLICA, UndoScope.ROLLBACK);
        CountDownLatch undoing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        engine.beforeUndo(() -> {
            undoing.countDown();
            waitFor(goOn);
        });
        ReplicationRun run = sluice.start(sluice.compile(plan.pauseBefore(GuideStep.ENABLE_REPLICATION)));
        await().atMost(Duration.ofSeconds(20)).until(() -> run.status().state() == RunState.PAUSED);
        run.cancel();
        waitFor(undoing);

        Thread closing = new Thread(sluice::close);
        closing.start();
        await().atMost(Duration.ofSeconds(10)).until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        goOn.countDown();
        closing.join();

        RunResult result = run.completion().toCompletableFuture().join();
        assertThat(result.state()).isEqualTo(RunState.CANCELLED);
        assertThat(undone()).containsExactly("undo PREPARE_REPLICA", RETENTION);
        assertThat(result.left()).containsExactly("still to be undone: " + ACCOUNT);
    }

    @Test
    void anUndoThatSurelyWasNotAppliedIsTriedAgain() throws InterruptedException {
        ReplicationRun run = failedRun();
        engine.beforeUndo(AbandonTest::failForNow).beforeUndo(AbandonTest::failForNow);

        assertThat(run.abandon().left()).isEmpty();
        assertThat(undone()).containsOnlyOnce(ACCOUNT);
    }

    @Test
    void theUndosOfACancelAreTriedAgainToo() throws InterruptedException {
        engine.beforeUndo(AbandonTest::failForNow);

        assertThat(cancelled().completion().toCompletableFuture().join().left()).isEmpty();
    }

    @Test
    void whatCannotBeUndoneIsLeftAndTheRestIsUndone() throws InterruptedException {
        ReplicationRun run = failedRun();
        engine.beforeUndo(AbandonTest::refuse);

        RunResult result = run.abandon();

        assertThat(undone()).contains(RETENTION).doesNotContain(ACCOUNT);
        assertThat(result.state()).isEqualTo(RunState.ABANDONED);
        assertThat(result.left()).containsExactly("not undone: " + ACCOUNT + " (planted)");

        assertThat(run.abandon().left()).isEmpty();
        assertThat(undone()).contains(ACCOUNT);
    }

    @Test
    void anUndoThatCannotBeJournaledDoesNotKeepTheOthersFromBeingPlayed() throws InterruptedException {
        ReplicationRun run = failedRun();
        journal.refuses = JournalRecord.UndoSettled.class::isInstance;

        RunResult result = run.abandon();

        assertThat(undone()).contains(ACCOUNT, RETENTION);
        assertThat(result.undone()).contains(ACCOUNT, RETENTION);
        assertThat(events)
                .filteredOn(RunEvent.Warning.class::isInstance)
                .hasSize(2)
                .allSatisfy(
                        event -> assertThat(((RunEvent.Warning) event).problem().code())
                                .isEqualTo(JournalCode.JOURNAL_UNUSABLE));
    }

    @Test
    void aBugInAnEngineDoesNotKeepTheOthersFromBeingPlayed() throws InterruptedException {
        ReplicationRun run = failedRun();
        engine.beforeUndo(() -> {
            throw new IllegalStateException("a bug");
        });

        assertThat(run.abandon().left()).singleElement().asString().contains("a bug");
        assertThat(undone()).contains(RETENTION);
    }

    @Test
    void aFailedRunThatChangedNothingIsClosedAllTheSame() throws InterruptedException {
        engine.undoScopes.clear();
        ReplicationRun run = failedRun();

        assertThat(run.abandon().state()).isEqualTo(RunState.ABANDONED);
        assertThat(journal.read(run.id())).hasAtLeastOneElementOfType(JournalRecord.RunAbandoned.class);
    }

    @Test
    void aClosedSluiceAbandonsNothing() {
        ReplicationRun run = failedRun();
        sluice.close();

        assertThatThrownBy(run::abandon)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThat(undone()).containsExactly("undo PREPARE_REPLICA");
    }

    @Test
    void closingInTheMiddleStopsBeforeTheNextUndo() throws InterruptedException {
        ReplicationRun run = failedRun();
        CountDownLatch undoing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        engine.beforeUndo(() -> {
            undoing.countDown();
            waitFor(goOn);
        });
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread abandoning = new Thread(() -> {
            try {
                run.abandon();
            } catch (InterruptedException | RuntimeException e) {
                thrown.set(e);
            }
        });
        abandoning.start();
        waitFor(undoing);
        Thread closing = new Thread(sluice::close);
        closing.start();
        await().atMost(Duration.ofSeconds(10)).until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        goOn.countDown();
        abandoning.join();
        closing.join();

        assertThat(thrown.get()).isInstanceOf(RunStoppedException.class).hasMessageContaining("CORE-611");
        assertThat(undone()).contains(ACCOUNT).doesNotContain(RETENTION);
        assertThat(run.completion().toCompletableFuture().join().left())
                .containsExactly("still to be undone: " + RETENTION);
        assertThat(run.completion().toCompletableFuture().join().undone()).contains(ACCOUNT);
    }

    @Test
    void interruptingWhoWaitsEndsTheWaitingOnly() throws InterruptedException {
        ReplicationRun run = failedRun();
        CountDownLatch undoing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        engine.beforeUndo(() -> {
            undoing.countDown();
            waitFor(goOn);
        });
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread abandoning = new Thread(() -> {
            try {
                run.abandon();
            } catch (InterruptedException | RuntimeException e) {
                thrown.set(e);
            }
        });
        abandoning.start();
        waitFor(undoing);
        abandoning.interrupt();
        abandoning.join();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        goOn.countDown();

        assertThat(run.abandon().state()).isEqualTo(RunState.ABANDONED);
        assertThat(undone()).containsOnlyOnce(ACCOUNT).containsOnlyOnce(RETENTION);
    }

    @Test
    void aCancelThatComesAfterTheFailureDoesNotChangeWhatTheRunIs() {
        CountDownLatch undoing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        engine.beforeUndo(() -> {
            undoing.countDown();
            waitFor(goOn);
        });
        engine.before(GuideStep.ENABLE_REPLICATION, AbandonTest::refuse);
        ReplicationRun run = sluice.start(sluice.compile(plan));
        waitFor(undoing);
        run.cancel();
        goOn.countDown();

        RunResult result = run.completion().toCompletableFuture().join();
        assertThat(result.state()).isEqualTo(RunState.FAILED);
        assertThat(result.problem().orElseThrow().what()).isEqualTo("planted");
    }

    @Test
    void aStepWhoseBeginningCannotBeJournaledLeavesNoTimerBehind() {
        journal.refuses = JournalRecord.StepOpened.class::isInstance;

        assertThatThrownBy(() -> sluice.start(sluice.compile(plan)).await()).isInstanceOf(RunStoppedException.class);

        await().atMost(Duration.ofSeconds(10))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("sluice-step")));
    }

    @Test
    void noThreadIsLeftAfterClose() throws InterruptedException {
        failedRun().abandon();
        sluice.close();

        await().atMost(Duration.ofSeconds(10))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("sluice-")));
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** A journal in memory that does not take some records. */
    private static final class FailingJournal implements Journal {
        private final Journal inMemory = Journal.inMemory();
        private volatile Predicate<JournalRecord> refuses = entry -> false;

        @Override
        public JournalWriter take(RunId run) {
            return new WatchedWriter(inMemory.take(run), entry -> {
                if (refuses.test(entry)) {
                    throw new JournalException(
                            Problem.of(JournalCode.JOURNAL_UNUSABLE, "planted: no space left"), Effect.NONE, null);
                }
            });
        }

        @Override
        public boolean isTaken(RunId run) {
            return inMemory.isTaken(run);
        }

        @Override
        public List<JournalRecord> read(RunId run) {
            return inMemory.read(run);
        }

        @Override
        public List<RunId> runs() {
            return inMemory.runs();
        }
    }
}
