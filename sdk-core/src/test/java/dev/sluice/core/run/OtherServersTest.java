// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.RunStoppedException;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.LostServer;
import dev.sluice.api.run.RecordedRun.Condition;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.journal.JournalRecord;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs that are taken back while other servers answer than they have worked on, or none at all. */
@Timeout(60)
class OtherServersTest {
    private static final String ACCOUNT = "undo CREATE_REPLICATION_USER";
    private static final String PREPARED = "undo PREPARE_REPLICA";

    private final FakeEngine engine = new FakeEngine();
    private final Journal journal = Journal.inMemory();
    private final Sluice sluice = sluice();
    private final ReplicationPlan plan = ReplicationPlan.from(new FakeServer("db1"))
            .to(new FakeServer("db2"))
            .until(GuideStep.ENABLE_REPLICATION);

    private Sluice sluice() {
        return Sluice.builder()
                .engines(engine)
                .journal(journal)
                .secrets(SecretResolver.withNamed(name -> "hunter2"))
                .retries(new RetryLimits(3, Duration.ofMillis(10), Duration.ofMillis(20)))
                .build();
    }

    @BeforeEach
    void changesHaveUndos() {
        engine.uuids.put("db1", "uuid-of-db1");
        engine.uuids.put("db2", "uuid-of-db2");
        engine.undoScopes.put(GuideStep.CREATE_REPLICATION_USER, UndoScope.ROLLBACK);
        engine.undoScopes.put(GuideStep.PREPARE_REPLICA, UndoScope.ROLLBACK);
    }

    @AfterEach
    void close() {
        sluice.close();
    }

    private ReplicationRun failedRun() {
        engine.before(GuideStep.ENABLE_REPLICATION, () -> {
            throw new StepRefusedException(Problem.of(RunCode.BUG, "planted"));
        });
        ReplicationRun run = sluice.start(sluice.compile(plan));
        assertThatThrownBy(run::await).isInstanceOf(RunStoppedException.class);
        return run;
    }

    private List<String> undone() {
        return engine.log.stream().filter(line -> line.startsWith("undo")).toList();
    }

    private void assertRefused(ReplicationRun run, RunCode code) {
        assertThatThrownBy(run::abandon)
                .isInstanceOfSatisfying(
                        StepException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
        assertThat(undone()).isEmpty();
        assertThat(journal.read(run.id())).noneMatch(JournalRecord.RunAbandoned.class::isInstance);
    }

    @Test
    void whoHoldsTheRunDoesNotTakeItBackOnAnotherReplica() throws InterruptedException {
        ReplicationRun run = failedRun();
        engine.uuids.put("db2", "uuid-of-another");

        assertRefused(run, RunCode.OTHER_SERVER);

        engine.uuids.put("db2", "UUID-of-db2");
        assertThat(run.abandon().left()).isEmpty();
        assertThat(undone()).containsExactly(PREPARED, ACCOUNT);
    }

    @Test
    void norOnAnotherSource() {
        ReplicationRun run = failedRun();
        engine.uuids.put("db1", "uuid-of-another");

        assertRefused(run, RunCode.OTHER_SERVER);
    }

    /** The address may lead elsewhere from one connection to the next. */
    @Test
    void eachUndoLooksWhereItIs() throws InterruptedException {
        ReplicationRun run = failedRun();
        engine.beforeUndo(() -> engine.uuids.put("db1", "uuid-of-another"));

        RunResult result = run.abandon();

        assertThat(undone()).containsExactly(PREPARED);
        assertThat(result.left()).singleElement().asString().contains(ACCOUNT, "uuid-of-another");
        engine.uuids.put("db1", "uuid-of-db1");
        assertThat(run.abandon().left()).isEmpty();
    }

    @Test
    void aServerThatAFailoverHasMovedIsKnownByWhatItsProviderCallsIt() throws InterruptedException {
        engine.lastingId = "cluster-A";
        ReplicationRun run = failedRun();
        engine.uuids.put("db2", "uuid-of-the-other-instance");

        assertThat(run.abandon().left()).isEmpty();

        assertThat(undone()).containsExactly(PREPARED, ACCOUNT);
    }

    @Test
    void afterARenameOrASwapItIsAnotherOne() {
        engine.lastingId = "cluster-A";
        ReplicationRun run = failedRun();
        engine.uuids.put("db2", "uuid-of-the-other-instance");
        engine.lastingId = "cluster-B";

        assertRefused(run, RunCode.OTHER_SERVER);
    }

    @Test
    void whereNobodyCanTellNothingIsGuessed() {
        engine.lastingId = "";
        ReplicationRun run = failedRun();
        engine.uuids.put("db2", "uuid-of-the-other-instance");

        assertRefused(run, RunCode.SERVER_UNPROVEN);
    }

    @Test
    void withoutAReplicaThatIsGoneTheSourceIsCleanedUpAndTheRunIsClosed() throws InterruptedException {
        ReplicationRun run = failedRun();
        engine.uuids.put("db2", "uuid-of-another");

        RunResult result = run.abandonWithout(LostServer.REPLICA);

        assertThat(undone()).containsExactly(ACCOUNT);
        assertThat(result.state()).isEqualTo(RunState.ABANDONED);
        assertThat(result.left())
                .containsExactly("not undone: " + PREPARED + " (the host said that this server is gone)");
        assertThat(sluice.runs()).singleElement().satisfies(known -> {
            assertThat(known.condition()).isEqualTo(Condition.ENDED);
            assertThat(known.toUndo()).isEmpty();
        });
    }

    @Test
    void withoutASourceThatIsGoneAnotherProcessCleansTheReplicaUp() throws InterruptedException {
        ReplicationRun run = failedRun();
        engine.uuids.put("db1", "uuid-of-another");
        sluice.close();

        try (Sluice second = sluice()) {
            assertThatThrownBy(() -> second.abandon(run.id())).hasMessageContaining("CORE-664");

            RunResult result = second.abandonWithout(run.id(), LostServer.SOURCE);

            assertThat(undone()).containsExactly(PREPARED);
            assertThat(result.left()).singleElement().asString().contains(ACCOUNT, "is gone");
            assertThat(second.runs())
                    .singleElement()
                    .satisfies(known -> assertThat(known.condition()).isEqualTo(Condition.ENDED));
        }
    }

    @Test
    void withoutBothItIsClosedAndAllIsTold() throws InterruptedException {
        ReplicationRun run = failedRun();

        RunResult result = run.abandonWithout(LostServer.SOURCE, LostServer.REPLICA);

        assertThat(undone()).isEmpty();
        assertThat(result.state()).isEqualTo(RunState.ABANDONED);
        assertThat(result.left()).hasSize(2);
    }
}
