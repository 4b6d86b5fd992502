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
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RecordedRun.Condition;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunId;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.run.StepResult;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.journal.JournalCode;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.core.journal.JournalWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs that another process goes on with, on servers in memory that both of them see. */
@Timeout(120)
class ResumeTest {
    private final FakeEngine engine = new FakeEngine();
    private final List<RunEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final ReplicationPlan plan = ReplicationPlan.from(new FakeServer("db1"))
            .to(new FakeServer("db2"))
            .until(GuideStep.ENABLE_REPLICATION);

    private Sluice sluice(Journal journal) {
        return sluice(journal, engine);
    }

    private Sluice sluice(Journal journal, FakeEngine servers) {
        return Sluice.builder()
                .engines(servers)
                .journal(journal)
                .secrets(SecretResolver.withNamed(name -> "hunter2"))
                .retries(new RetryLimits(3, Duration.ofMillis(10), Duration.ofMillis(20)))
                .listener(events::add)
                .build();
    }

    private static RunResult end(ReplicationRun run) {
        return run.completion().toCompletableFuture().join();
    }

    private RunId failedBefore(Journal journal, GuideStep row) {
        engine.before(row, () -> {
            throw new StepRefusedException(Problem.of(RunCode.BUG, "planted"));
        });
        try (Sluice first = sluice(journal)) {
            ReplicationRun run = first.start(first.compile(plan));
            assertThat(end(run).state()).isEqualTo(RunState.FAILED);
            return run.id();
        }
    }

    @Test
    void whatWasFinishedIsRecognisedAndTheRestIsDone() throws InterruptedException {
        Journal journal = Journal.inMemory();
        RunId run = failedBefore(journal, GuideStep.ENABLE_REPLICATION);
        int before = engine.log.size();

        try (Sluice second = sluice(journal)) {
            assertThat(second.runs())
                    .singleElement()
                    .satisfies(known -> assertThat(known.condition()).isEqualTo(Condition.FAILED));
            RunResult result = second.resume(run, plan).await();

            assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(result.id()).isEqualTo(run);
            assertThat(result.coordinates()).isPresent();
            assertThat(engine.log.subList(before, engine.log.size())).containsExactly("ENABLE_REPLICATION");
            assertThat(result.steps())
                    .filteredOn(step -> step.outcome() == StepResult.Outcome.DONE)
                    .extracting(StepResult::row)
                    .containsExactly(GuideStep.ENABLE_REPLICATION);
            assertThat(second.runs())
                    .singleElement()
                    .satisfies(known -> assertThat(known.condition()).isEqualTo(Condition.ENDED));
        }
        assertThat(events).hasAtLeastOneElementOfType(RunEvent.RunResumed.class);
    }

    @Test
    void undosOfTheFirstProcessArePlayedByTheSecond() throws InterruptedException {
        engine.undoScopes.put(GuideStep.CREATE_REPLICATION_USER, UndoScope.ROLLBACK);
        engine.undoScopes.put(GuideStep.PREPARE_REPLICA, UndoScope.TEMPORARY);
        Journal journal = Journal.inMemory();
        RunId run = failedBefore(journal, GuideStep.ENABLE_REPLICATION);

        try (Sluice second = sluice(journal)) {
            RunResult result = second.abandon(run);

            assertThat(result.state()).isEqualTo(RunState.ABANDONED);
            assertThat(result.left()).isEmpty();
            assertThat(engine.applied)
                    .doesNotContain("CREATE_REPLICATION_USER", "PREPARE_REPLICA")
                    .contains("ENABLE_BINLOG");
            assertThatThrownBy(() -> second.resume(run))
                    .isInstanceOf(StepRefusedException.class)
                    .hasMessageContaining("CORE-658");
        }
    }

    @Test
    void temporaryChangesOfTheFirstProcessGoWithTheSuccessOfTheSecond() throws InterruptedException {
        engine.undoScopes.put(GuideStep.PREPARE_REPLICA, UndoScope.TEMPORARY);
        Journal journal = Journal.inMemory();
        RunId run = failedBefore(journal, GuideStep.ENABLE_REPLICATION);
        engine.applied.add("PREPARE_REPLICA");

        try (Sluice second = sluice(journal)) {
            assertThat(second.resume(run).await().left()).isEmpty();
        }

        assertThat(engine.applied).doesNotContain("PREPARE_REPLICA");
    }

    @Test
    void anotherPlanAnotherRunAndOneThatSucceededAreRefused() throws InterruptedException {
        Journal journal = Journal.inMemory();
        RunId run = failedBefore(journal, GuideStep.ENABLE_REPLICATION);
        try (Sluice second = sluice(journal)) {
            assertThatThrownBy(() -> second.resume(run, plan.retainBinlogs(Duration.ofHours(5))))
                    .hasMessageContaining("CORE-659");
            assertThatThrownBy(() -> second.resume(new RunId("r-none"))).hasMessageContaining("CORE-657");

            second.resume(run, plan).await();

            assertThatThrownBy(() -> second.resume(run)).hasMessageContaining("CORE-658");
            assertThatThrownBy(() -> second.abandon(run)).hasMessageContaining("CORE-658");
        }
    }

    @Test
    void aRunThatIsUnderWayIsNeitherResumedNorAbandoned() {
        Journal journal = Journal.inMemory();
        try (Sluice first = sluice(journal);
                Sluice second = sluice(journal)) {
            ReplicationPlan paused = plan.pauseBefore(GuideStep.PREPARE_REPLICA);
            ReplicationRun run = first.start(first.compile(paused));
            await().until(() -> run.status().state() == RunState.PAUSED);

            assertThat(second.runs()).singleElement().satisfies(known -> {
                assertThat(known.condition()).isEqualTo(Condition.UNDER_WAY);
                assertThat(known.plan()).contains(paused);
            });
            assertThatThrownBy(() -> second.resume(run.id()))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("CORE-655");
            assertThatThrownBy(() -> second.abandon(run.id())).hasMessageContaining("CORE-655");
        }
    }

    @Test
    void aHandleThatIsOutOfDateUndoesNothing() throws InterruptedException {
        engine.undoScopes.put(GuideStep.CREATE_REPLICATION_USER, UndoScope.ROLLBACK);
        engine.before(GuideStep.ENABLE_REPLICATION, () -> {
            throw new StepRefusedException(Problem.of(RunCode.BUG, "planted"));
        });
        Journal journal = Journal.inMemory();
        try (Sluice first = sluice(journal);
                Sluice second = sluice(journal)) {
            ReplicationRun old = first.start(first.compile(plan));
            assertThat(end(old).state()).isEqualTo(RunState.FAILED);
            assertThat(second.resume(old.id()).await().state()).isEqualTo(RunState.SUCCEEDED);

            assertThatThrownBy(old::abandon).hasMessageContaining("CORE-661");
            // What it took to find that out does not make it this process's run.
            assertThatThrownBy(old::abandon).hasMessageContaining("CORE-661");

            assertThat(engine.applied).contains("CREATE_REPLICATION_USER");
        }
    }

    @Test
    void aRunThatWasFollowedByAnotherOnItsReplicaIsLeftAlone() throws InterruptedException {
        engine.undoScopes.put(GuideStep.CREATE_REPLICATION_USER, UndoScope.ROLLBACK);
        Journal journal = Journal.inMemory();
        RunId run = failedBefore(journal, GuideStep.ENABLE_REPLICATION);
        try (Sluice second = sluice(journal)) {
            second.start(second.compile(plan)).await();
        }

        try (Sluice third = sluice(journal)) {
            assertThatThrownBy(() -> third.abandon(run)).hasMessageContaining("CORE-629");
            assertThatThrownBy(() -> third.resume(run).await())
                    .isInstanceOf(RunStoppedException.class)
                    .hasMessageContaining("CORE-629");
        }
        assertThat(engine.applied).contains("CREATE_REPLICATION_USER");
    }

    /** Else it would be told of for ever: nothing takes it back any more, and what it has changed is the later one's to build on. */
    @Test
    void aRunThatHadDoneAllItsStepsIsClosedAlthoughAnotherHasFollowed() throws InterruptedException {
        engine.undoScopes.put(GuideStep.CREATE_REPLICATION_USER, UndoScope.ROLLBACK);
        engine.undoScopes.put(GuideStep.PREPARE_REPLICA, UndoScope.TEMPORARY);
        engine.undoScopes.put(GuideStep.ENABLE_BINLOG, UndoScope.TEMPORARY);
        Journal journal = diedAfterItsSteps();
        RunId run = journal.runs().get(0);
        try (Sluice second = sluice(journal)) {
            assertThat(second.start(second.compile(plan)).await().state()).isEqualTo(RunState.SUCCEEDED);
        }
        engine.applied.addAll(List.of("PREPARE_REPLICA", "ENABLE_BINLOG"));
        int before = engine.log.size();

        try (Sluice third = sluice(journal)) {
            assertThatThrownBy(() -> third.abandon(run)).hasMessageContaining("CORE-658");
            RunResult result = third.resume(run).await();

            assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(result.steps()).isNotEmpty().allMatch(step -> step.outcome() == StepResult.Outcome.ALREADY_DONE);
            assertThat(result.left())
                    .singleElement()
                    .satisfies(left -> assertThat(left).contains("PREPARE_REPLICA", "another run"));
            assertThat(third.runs()).allMatch(known -> known.condition() == Condition.ENDED);
        }
        assertThat(engine.log.subList(before, engine.log.size())).containsExactly("undo ENABLE_BINLOG");
        assertThat(engine.applied).contains("CREATE_REPLICATION_USER", "PREPARE_REPLICA");
    }

    /** The process dies when its undos begin to be dropped. */
    private Journal diedAfterItsSteps() throws InterruptedException {
        DyingJournal journal =
                new DyingJournal(recordsOfAWholeRun(servers -> servers.undoScopes.putAll(engine.undoScopes))
                                .indexOf("StepsDone")
                        + 1);
        try (Sluice first = sluice(journal)) {
            end(first.start(first.compile(plan)));
        }
        return journal.whatIsThere;
    }

    @Test
    void theResultHoldsWhatTheFirstProcessHasCopiedAndUndone() throws InterruptedException {
        engine.undoScopes.put(GuideStep.PREPARE_REPLICA, UndoScope.GUARD);
        Journal journal = Journal.inMemory();
        RunId run = failedBefore(journal, GuideStep.ENABLE_REPLICATION);
        try (JournalWriter writer = journal.take(run)) {
            writer.append(new JournalRecord.WritersHeldUp(Instant.now(), Duration.ofMillis(40)));
            writer.append(new JournalRecord.WritersHeldUp(Instant.now(), Duration.ofMillis(2)));
            writer.append(new JournalRecord.CopyFinished(Instant.now(), 7, 70, Duration.ofSeconds(3)));
        }

        try (Sluice second = sluice(journal)) {
            RunResult result = second.resume(run).await();

            assertThat(result.lockHeld()).isEqualTo(Duration.ofMillis(42));
            assertThat(result.copyTook()).isEqualTo(Duration.ofSeconds(3));
            assertThat(result.rowsCopied()).isEqualTo(7);
            assertThat(result.bytesCopied()).isEqualTo(70);
            // By the first process when it failed, and by the second at its end.
            assertThat(result.undone()).containsExactly("undo PREPARE_REPLICA", "undo PREPARE_REPLICA");
        }
    }

    @Test
    void runsThatWereLeftAreToldOfAtTheStart() {
        Journal journal = Journal.inMemory();
        RunId run = failedBefore(journal, GuideStep.ENABLE_REPLICATION);
        events.clear();

        sluice(journal).close();

        assertThat(events)
                .filteredOn(RunEvent.RunLeft.class::isInstance)
                .singleElement()
                .satisfies(event -> assertThat(event.run()).isEqualTo(run));
    }

    /** As if the process had died there: the journal gets nothing more. */
    @Test
    void whereverTheJournalEndsTheRunIsResumed() throws InterruptedException {
        int records = recordsOfAWholeRun(servers -> {}).size();
        assertThat(records).isGreaterThan(30);
        for (int last = 1; last < records; last++) {
            FakeEngine servers = new FakeEngine();
            servers.undoScopes.put(GuideStep.CREATE_REPLICATION_USER, UndoScope.ROLLBACK);
            DyingJournal journal = new DyingJournal(last);
            RunId run;
            try (Sluice first = sluice(journal, servers)) {
                ReplicationRun dying = first.start(first.compile(plan));
                assertThat(end(dying).state()).isEqualTo(RunState.FAILED);
                run = dying.id();
            }

            try (Sluice second = sluice(journal.whatIsThere, servers)) {
                RunResult result = second.resume(run).await();
                assertThat(result.state()).as("after record %s", last).isEqualTo(RunState.SUCCEEDED);
                assertThat(result.left()).as("after record %s", last).isEmpty();
            }
            assertThat(servers.applied).as("after record %s", last).contains("ENABLE_REPLICATION");
            // Looked at first, whatever the journal says.
            assertThat(servers.log).as("after record %s", last).containsOnlyOnce("CREATE_REPLICATION_USER");
        }
    }

    /** By their names. */
    private List<String> recordsOfAWholeRun(Consumer<FakeEngine> settings) throws InterruptedException {
        Journal journal = Journal.inMemory();
        FakeEngine servers = new FakeEngine();
        settings.accept(servers);
        try (Sluice first = sluice(journal, servers)) {
            RunId run = first.start(first.compile(plan)).await().id();
            return journal.read(run).stream()
                    .map(entry -> entry.getClass().getSimpleName())
                    .toList();
        }
    }

    /** Takes so many records and no more. */
    private static final class DyingJournal implements Journal {
        private final Journal whatIsThere = Journal.inMemory();
        private final AtomicInteger left;

        DyingJournal(int records) {
            this.left = new AtomicInteger(records);
        }

        @Override
        public JournalWriter take(RunId run) {
            return new WatchedWriter(whatIsThere.take(run), entry -> {
                if (left.getAndDecrement() <= 0) {
                    throw new JournalException(
                            Problem.of(JournalCode.JOURNAL_UNUSABLE, "planted: the process is dead"),
                            Effect.NONE,
                            null);
                }
            });
        }

        @Override
        public boolean isTaken(RunId run) {
            return whatIsThere.isTaken(run);
        }

        @Override
        public List<JournalRecord> read(RunId run) {
            return whatIsThere.read(run);
        }

        @Override
        public List<RunId> runs() {
            return whatIsThere.runs();
        }
    }
}
