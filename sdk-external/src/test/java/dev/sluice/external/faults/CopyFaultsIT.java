// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunEvent;
import dev.sluice.testing.front.Side;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers and networks that fail while rows are copied. */
@Timeout(600)
class CopyFaultsIT {
    /** Connections break, or the server says why, or the claim on the replica notices first. */
    private static final String[] REPLICA_GONE = {"CORE-615", "CORE-703", "CORE-715", "CORE-716", "CORE-717"};

    private static final String[] SOURCE_GONE = {"CORE-309", "CORE-703", "CORE-715", "CORE-717"};

    @Test
    void theSourceRestarts() throws Exception {
        try (FaultStage stage = new FaultStage()) {
            ReplicationRun run = stage.startAndAwaitCopying();

            stage.source().kill();
            stage.source().start();

            stage.awaitFailure(run, SOURCE_GONE);
            stage.assertNothingHeld();
            stage.resumeToTheEnd(run);
        }
    }

    @Tag("long")
    @Test
    void theReplicaRestarts() throws Exception {
        try (FaultStage stage = new FaultStage()) {
            ReplicationRun run = stage.startAndAwaitCopying();

            stage.replica().kill();
            stage.replica().start();

            stage.awaitFailure(run, REPLICA_GONE);
            stage.assertNothingHeld();
            stage.resumeToTheEnd(run);
        }
    }

    @Tag("long")
    @Test
    void theReplicaRestartsAndTheRunIsTakenBack() throws Exception {
        try (FaultStage stage = new FaultStage()) {
            ReplicationRun run = stage.startAndAwaitCopying();

            stage.replica().kill();
            stage.replica().start();

            stage.awaitFailure(run, REPLICA_GONE);
            stage.abandon(run);
        }
    }

    @Tag("long")
    @Test
    void theSourceShutsDownInTheOrderlyWay() throws Exception {
        try (FaultStage stage = new FaultStage()) {
            ReplicationRun run = stage.startAndAwaitCopying();

            stage.source().restart();

            stage.awaitFailure(run, SOURCE_GONE);
            stage.abandon(run);
        }
    }

    @Tag("long")
    @Test
    void connectionsToTheSourceAreCut() throws Exception {
        try (FaultStage stage = new FaultStage()) {
            ReplicationRun run = stage.startAndAwaitCopying();

            stage.toSource().cut();

            stage.awaitFailure(run, SOURCE_GONE);
            stage.assertNothingHeld();
            stage.resumeToTheEnd(run);
        }
    }

    @Tag("long")
    @Test
    void connectionsToTheReplicaAreCut() throws Exception {
        try (FaultStage stage = new FaultStage()) {
            ReplicationRun run = stage.startAndAwaitCopying();

            stage.toReplica().cut();

            stage.awaitFailure(run, REPLICA_GONE);
            stage.assertNothingHeld();
            stage.resumeToTheEnd(run);
        }
    }

    @Tag("long")
    @Test
    void theReplicaFallsSilent() throws Exception {
        try (FaultStage stage = new FaultStage()) {
            ReplicationRun run = stage.startAndAwaitCopying();

            stage.toReplica().stall();

            stage.awaitFailure(run, REPLICA_GONE);
            stage.toReplica().heal();
            stage.assertNothingHeld();
            stage.resumeToTheEnd(run);
        }
    }

    /** Its sessions are gone on the server, and nobody has told the run. */
    @Tag("long")
    @Test
    void theReplicaForgetsItsWritersWithoutAWord() throws Exception {
        try (FaultStage stage = new FaultStage()) {
            ReplicationRun run = stage.startAndAwaitCopying();

            stage.toReplica().halfOpen(Side.CLIENT);

            stage.awaitFailure(run, REPLICA_GONE);
            stage.assertNothingHeld();
            stage.resumeToTheEnd(run);
        }
    }

    /** The other way round: nothing is heard of the run's host, and its sessions stay, until the server has waited for long enough. */
    @Tag("long")
    @Test
    void aReplicaThatHearsNothingOfTheRunEndsItsSessionsByItself() throws Exception {
        try (FaultStage stage = new FaultStage()) {
            ReplicationRun run = stage.startAndAwaitCopying();

            stage.toReplica().stall();

            await().atMost(Duration.ofSeconds(45))
                    .until(() -> stage.replica()
                            .query("SELECT ID FROM information_schema.PROCESSLIST WHERE USER = 'migrator'")
                            .isEmpty());
            stage.awaitFailure(run, REPLICA_GONE);
            stage.toReplica().heal();
            stage.assertNothingHeld();
            stage.resumeToTheEnd(run);
        }
    }

    /** Longer than the server keeps a writer's session that says nothing. */
    @Tag("long")
    @Test
    void aLongPauseBetweenBatchesHarmsNothing() throws Exception {
        try (FaultStage stage = new FaultStage()) {
            ReplicationRun run = stage.startAndAwaitCopying();

            stage.toSource().stall();
            LockSupport.parkNanos(Duration.ofSeconds(40).toNanos());
            stage.toSource().heal();

            stage.awaitSuccess(run);
        }
    }

    /** The application holds the copy for longer than that. */
    @Tag("long")
    @Test
    void aLongThrottleHarmsNothing() throws Exception {
        try (FaultStage stage = new FaultStage()) {
            ReplicationRun run = stage.startAndAwaitCopying();

            stage.holdCopy();
            LockSupport.parkNanos(Duration.ofSeconds(40).toNanos());
            stage.letCopy();

            stage.awaitSuccess(run);
        }
    }

    /** What was read may not be read again, so that a copy is not simply begun once more. */
    @Tag("long")
    @Test
    void tooManyConnectionsOnTheReplica() throws Exception {
        try (FaultStage stage = new FaultStage()) {
            ReplicationRun run = stage.startAndPauseBefore(GuideStep.LOAD);
            try (Crowd crowd = Crowd.on(stage.replica())) {
                run.proceed();

                stage.awaitFailure(run, "CORE-714");
                crowd.leave();
            }
            stage.assertNothingHeld();
            stage.resumeAnyway(run);
        }
    }

    @Tag("long")
    @Test
    void thePasswordOnTheReplicaIsChanged() throws Exception {
        try (FaultStage stage = new FaultStage()) {
            ReplicationRun run = stage.startAndPauseBefore(GuideStep.LOAD);
            stage.changePasswordOnReplica("An-0ther-password");
            run.proceed();

            stage.awaitFailure(run, "CORE-701");
            stage.assertNothingHeld();
            stage.tellPasswordOfReplica("An-0ther-password");
            stage.resumeAnyway(run);
        }
    }

    @Tag("long")
    @Test
    void theSourceFallsSilent() throws Exception {
        try (FaultStage stage = new FaultStage()) {
            ReplicationRun run = stage.startAndAwaitCopying();

            stage.toSource().stall();

            stage.awaitFailure(run, "CORE-309");
            stage.toSource().heal();
            stage.assertNothingHeld();
            stage.resumeToTheEnd(run);
        }
    }

    @Tag("long")
    @Test
    void theSourceForgetsItsReadersWithoutAWord() throws Exception {
        try (FaultStage stage = new FaultStage()) {
            ReplicationRun run = stage.startAndAwaitCopying();

            stage.toSource().halfOpen(Side.CLIENT);

            stage.awaitFailure(run, "CORE-309");
            stage.assertNothingHeld();
            stage.resumeToTheEnd(run);
        }
    }

    @Tag("long")
    @Test
    void aSlowNetworkOnlyTakesLonger() throws Exception {
        try (FaultStage stage = new FaultStage()) {
            stage.toSource().delayBy(Duration.ofMillis(40));
            stage.toReplica().delayBy(Duration.ofMillis(40));
            stage.toReplica().limitTo(2_000_000);

            ReplicationRun run = stage.start();

            stage.awaitSuccess(run);
        }
    }

    /** A file of tables that may not grow answers as a full disk does (MySQL error 1114), on any machine and without any rights. */
    @Test
    void theReplicasDiskIsFull() throws Exception {
        try (FaultStage stage = new FaultStage(options ->
                options.setting("innodb_file_per_table", "OFF").setting("innodb_data_file_path", space("16M")))) {
            ReplicationRun run = stage.start();

            stage.awaitFailure(run, "CORE-718");

            stage.assertNothingHeld();
            assertThat(run.completion()
                            .toCompletableFuture()
                            .get()
                            .problem()
                            .orElseThrow()
                            .what())
                    .contains("1114");
            stage.replica().restart(options -> options.setting("innodb_data_file_path", space("512M")));
            stage.resumeToTheEnd(run);
        }
    }

    private static String space(String most) {
        return "ibdata1:12M:autoextend:max:" + most;
    }

    @Tag("long")
    @Test
    void theReplicasDiskIsFullAndTheRunIsTakenBack() throws Exception {
        try (FaultStage stage = new FaultStage(options ->
                options.setting("innodb_file_per_table", "OFF").setting("innodb_data_file_path", space("16M")))) {
            ReplicationRun run = stage.start();

            stage.awaitFailure(run, "CORE-718");

            stage.abandon(run);
        }
    }

    @Tag("long")
    @Test
    void aDeadlockIsTriedAgain() throws Exception {
        try (FaultStage stage = new FaultStage();
                Rival rival = Rival.on(stage.replica())) {
            stage.holdCopy();
            ReplicationRun run = stage.start();
            rival.lockMostRows();
            stage.letCopy();
            rival.awaitLoadWaiting();

            rival.deadlock();

            stage.awaitEvent(event -> event instanceof RunEvent.RetryScheduled retry
                    && retry.problem().code().id().equals("CORE-712"));
            rival.letGo();
            stage.awaitSuccess(run);
        }
    }

    @Tag("long")
    @Test
    void aRowThatSomebodyKeepsLocked() throws Exception {
        try (FaultStage stage = new FaultStage();
                Rival rival = Rival.on(stage.replica())) {
            stage.holdCopy();
            ReplicationRun run = stage.start();
            rival.lockMostRows();
            stage.letCopy();

            stage.awaitFailure(run, "CORE-713");

            stage.assertRetried("CORE-713");
            stage.assertNothingHeld();
            rival.letGo();
            stage.resumeToTheEnd(run);
        }
    }
}
