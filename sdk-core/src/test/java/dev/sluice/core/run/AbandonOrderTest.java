// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.error.Effect;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.RunStoppedException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.journal.JournalRecord;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several runs on one replica: a later one builds on what an earlier one left, which is then not taken back under it. */
@Timeout(60)
class AbandonOrderTest {
    private static final String ACCOUNT = "CREATE_REPLICATION_USER";

    private final FakeEngine engine = new FakeEngine();
    private final Journal journal = Journal.inMemory();
    private final Sluice sluice = Sluice.builder()
            .engines(engine)
            .journal(journal)
            .secrets(SecretResolver.withNamed(name -> "hunter2"))
            .build();

    @BeforeEach
    void changesHaveUndos() {
        engine.undoScopes.put(GuideStep.CREATE_REPLICATION_USER, UndoScope.ROLLBACK);
        engine.undoScopes.put(GuideStep.ENABLE_REPLICATION, UndoScope.ROLLBACK);
    }

    @AfterEach
    void close() {
        sluice.close();
    }

    private static ReplicationPlan planFor(String replica) {
        return ReplicationPlan.from(new FakeServer("db1"))
                .to(new FakeServer(replica))
                .until(GuideStep.ENABLE_REPLICATION);
    }

    private ReplicationRun start(String replica) {
        return sluice.start(sluice.compile(planFor(replica)));
    }

    private ReplicationRun failedBefore(GuideStep row, String replica) {
        engine.before(row, () -> {
            throw new StepRefusedException(Problem.of(RunCode.BUG, "planted"));
        });
        ReplicationRun run = start(replica);
        assertThatThrownBy(run::await).isInstanceOf(RunStoppedException.class);
        return run;
    }

    private ReplicationRun failed() {
        return failedBefore(GuideStep.ENABLE_REPLICATION, "db2");
    }

    private ReplicationRun cancelledBefore(GuideStep row) {
        ReplicationRun run = sluice.start(sluice.compile(planFor("db2").pauseBefore(row)));
        await().atMost(Duration.ofSeconds(20)).until(() -> run.status().state() == RunState.PAUSED);
        run.cancel();
        assertThatThrownBy(run::await).isInstanceOf(RunStoppedException.class);
        return run;
    }

    private static void assertRefused(ReplicationRun run, ReplicationRun later) {
        assertThatThrownBy(run::abandon)
                .isInstanceOfSatisfying(StepRefusedException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(RunCode.REPLICA_PASSED_ON);
                    assertThat(refused.effect()).isEqualTo(Effect.NONE);
                })
                .hasMessageContaining(later.id().value());
    }

    @Test
    void whatALaterRunHasBuiltOnStays() throws InterruptedException {
        ReplicationRun old = failed();
        ReplicationRun later = start("db2");
        later.await();

        assertRefused(old, later);

        assertThat(engine.applied).contains(ACCOUNT, "ENABLE_REPLICATION");
        assertThat(old.status().state()).isEqualTo(RunState.FAILED);
        assertThat(journal.read(old.id())).noneMatch(JournalRecord.RunAbandoned.class::isInstance);
    }

    @Test
    void runsThatFailedOneAfterTheOtherAreTakenBackNewestFirst() throws InterruptedException {
        ReplicationRun first = failedBefore(GuideStep.PREPARE_REPLICA, "db2");
        ReplicationRun second = failed();
        assertRefused(first, second);
        assertThat(engine.applied).contains(ACCOUNT);

        second.abandon();

        assertThat(first.abandon().left()).isEmpty();
        assertThat(engine.applied).doesNotContain(ACCOUNT);
    }

    @Test
    void aLaterRunThatWasCancelledWholeIsNotInTheWay() throws InterruptedException {
        ReplicationRun old = failed();
        cancelledBefore(GuideStep.ENABLE_REPLICATION);

        assertThat(old.abandon().left()).isEmpty();
    }

    @Test
    void aLaterRunThatCouldNotBeTakenBackWholeIsInTheWayUntilItIs() throws InterruptedException {
        engine.undoScopes.put(GuideStep.PREPARE_REPLICA, UndoScope.ROLLBACK);
        ReplicationRun old = failedBefore(GuideStep.PREPARE_REPLICA, "db2");
        engine.beforeUndo(() -> {
            throw new StepRefusedException(Problem.of(RunCode.BUG, "planted"));
        });
        ReplicationRun later = cancelledBefore(GuideStep.ENABLE_REPLICATION);
        assertRefused(old, later);

        assertThat(later.abandon().left()).isEmpty();

        assertThat(old.abandon().left()).isEmpty();
    }

    @Test
    void runsOnOtherReplicasAreNot() throws InterruptedException {
        ReplicationRun old = failed();
        start("db3").await();

        assertThat(old.abandon().left()).isEmpty();
    }
}
