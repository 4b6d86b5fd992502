// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunResult;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers, networks and people that get in the way of a replication that has been set up. */
@Timeout(300)
class CatchUpFaultsIT {
    private static final String LAST_LOG = "SHOW BINARY LOGS";

    /** A run waits before the catch-up, and the source has something for the replica that it does not get yet. */
    private static ReplicationRun startAndFallBehind(FaultStage stage) throws InterruptedException {
        ReplicationRun run = stage.startAndPauseBefore(GuideStep.CATCH_UP);
        stage.link().stall();
        stage.source().execute("INSERT INTO shop.small VALUES (3, 'c')");
        return run;
    }

    @Tag("long")
    @Test
    void theSourceRestarts() throws Exception {
        try (FaultStage stage = new FaultStage()) {
            ReplicationRun run = startAndFallBehind(stage);

            run.proceed();
            stage.source().kill();
            stage.awaitEvent(event -> event instanceof RunEvent.RetryScheduled);
            stage.source().start();
            stage.link().heal();

            stage.awaitSuccess(run);
        }
    }

    @Tag("long")
    @Test
    void theReplicaRestarts() throws Exception {
        try (FaultStage stage = new FaultStage()) {
            ReplicationRun run = startAndFallBehind(stage);

            run.proceed();
            stage.replica().kill();
            stage.replica().start();
            stage.link().heal();

            stage.awaitFailure(run, "CORE-615");
            stage.assertNothingHeld();
            stage.resumeWithoutCopying(run);
        }
    }

    @Tag("long")
    @Test
    void theReplicaRestartsAndTheRunIsTakenBack() throws Exception {
        try (FaultStage stage = new FaultStage()) {
            ReplicationRun run = startAndFallBehind(stage);

            run.proceed();
            stage.replica().kill();
            stage.replica().start();
            stage.link().heal();

            stage.awaitFailure(run, "CORE-615");
            stage.abandon(run);
        }
    }

    @Test
    void aNetworkThatComesAndGoes() throws Exception {
        try (FaultStage stage = new FaultStage()) {
            ReplicationRun run = startAndFallBehind(stage);

            run.proceed();
            for (int i = 0; i < 6; i++) {
                stage.toSource().cut();
                stage.link().cut();
                LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
            }
            stage.link().heal();

            stage.awaitSuccess(run);
            stage.assertRetried("CORE-715");
        }
    }

    @Tag("long")
    @Test
    void aNetworkThatStaysAway() throws Exception {
        try (FaultStage stage = new FaultStage()) {
            ReplicationRun run = startAndFallBehind(stage);

            stage.toSource().refuse();
            stage.toSource().cut();
            run.proceed();

            stage.awaitFailure(run, "CORE-703", "CORE-715");
            stage.assertRetried("CORE-703");
            stage.toSource().heal();
            stage.link().heal();
            stage.assertNothingHeld();
            stage.resumeWithoutCopying(run);
        }
    }

    @Tag("long")
    @Test
    void theClaimOnTheReplicaIsCut() throws Exception {
        try (FaultStage stage = new FaultStage()) {
            ReplicationRun run = startAndFallBehind(stage);

            run.proceed();
            stage.toReplica().cut();

            stage.awaitFailure(run, "CORE-615");
            stage.link().heal();
            stage.assertNothingHeld();
            stage.resumeWithoutCopying(run);
        }
    }

    @Tag("long")
    @Test
    void tooManyConnectionsOnTheSource() throws Exception {
        try (FaultStage stage = new FaultStage()) {
            ReplicationRun run = stage.startAndPauseBefore(GuideStep.SNAPSHOT);
            try (Crowd crowd = Crowd.on(stage.source())) {
                run.proceed();
                stage.awaitEvent(event -> event instanceof RunEvent.RetryScheduled retry
                        && retry.problem().code().id().equals("CORE-714"));
                crowd.leave();
            }

            stage.awaitSuccess(run);
        }
    }

    @Tag("long")
    @Test
    void tooManyConnectionsOnTheReplica() throws Exception {
        try (FaultStage stage = new FaultStage()) {
            ReplicationRun run = stage.startAndPauseBefore(GuideStep.CATCH_UP);
            try (Crowd crowd = Crowd.on(stage.replica())) {
                // Until then the session of before the pause is used.
                LockSupport.parkNanos(Duration.ofSeconds(12).toNanos());
                run.proceed();
                stage.awaitEvent(event -> event instanceof RunEvent.RetryScheduled retry
                        && retry.problem().code().id().equals("CORE-714"));
                crowd.leave();
            }

            stage.awaitSuccess(run);
        }
    }

    @Tag("long")
    @Test
    void tooManyConnectionsForTooLong() throws Exception {
        try (FaultStage stage = new FaultStage()) {
            ReplicationRun run = stage.startAndPauseBefore(GuideStep.SNAPSHOT);
            try (Crowd crowd = Crowd.on(stage.source())) {
                run.proceed();

                stage.awaitFailure(run, "CORE-714");
                crowd.leave();
            }
            stage.assertNothingHeld();
            stage.resumeWithoutCopying(run);
        }
    }

    @Test
    void theSourceHasPurgedWhatTheReplicaNeeds() throws Exception {
        try (FaultStage stage = new FaultStage()) {
            ReplicationRun run = stage.startAndPauseBefore(GuideStep.ENABLE_REPLICATION);
            stage.source().execute("INSERT INTO shop.small VALUES (3, 'c')", "FLUSH BINARY LOGS");
            var logs = stage.source().query(LAST_LOG);
            stage.source()
                    .execute(
                            "PURGE BINARY LOGS TO '" + logs.get(logs.size() - 1).get(0) + "'");

            run.proceed();

            stage.awaitFailure(run, "EXT-214");
            stage.resumeInVain(run, "EXT-214");
            stage.abandon(run);
        }
    }

    @Tag("long")
    @Test
    void theReplicationAccountGetsAnotherPassword() throws Exception {
        try (FaultStage stage = new FaultStage()) {
            ReplicationRun run = startAndFallBehind(stage);
            var account = stage.source()
                    .query("SELECT User, Host FROM mysql.user WHERE User LIKE 'sluice%'")
                    .get(0);
            stage.source()
                    .execute("ALTER USER '" + account.get(0) + "'@'" + account.get(1)
                            + "' IDENTIFIED BY 'Some-0ther-password'");

            stage.link().heal();
            stage.link().cut();
            run.proceed();

            stage.awaitEvent(event -> event instanceof RunEvent.Warning warning
                    && warning.problem().code().id().equals("CORE-122")
                    && warning.problem().what().contains("1045"));
            stage.replica()
                    .execute(
                            "STOP REPLICA IO_THREAD",
                            "CHANGE REPLICATION SOURCE TO SOURCE_PASSWORD = 'Some-0ther-password'",
                            "START REPLICA IO_THREAD");
            stage.awaitSuccess(run);
        }
    }

    @Tag("long")
    @Test
    void thePasswordOnTheSourceIsChanged() throws Exception {
        try (FaultStage stage = new FaultStage()) {
            ReplicationRun run = startAndFallBehind(stage);

            stage.changePasswordOnSource("An-0ther-password");
            stage.toSource().cut();
            run.proceed();

            stage.awaitFailure(run, "CORE-701");
            stage.link().heal();
            stage.assertNothingHeld();
            stage.tellPasswordOfSource("An-0ther-password");
            stage.resumeWithoutCopying(run);
        }
    }

    @Tag("long")
    @Test
    void somebodyWroteToTheReplicaWhatComesFromTheSource() throws Exception {
        try (FaultStage stage = new FaultStage().with(plan -> plan.leaveReplicaWritable())) {
            ReplicationRun run = startAndFallBehind(stage);
            stage.replica().execute("INSERT INTO shop.small VALUES (3, 'mine')");

            stage.link().heal();
            run.proceed();

            stage.awaitFailure(run, "CORE-114", "EXT-222");
            stage.resumeInVain(run, "EXT-222");
            stage.abandon(run);
        }
    }

    @Tag("long")
    @Test
    void somebodyWroteToTheReplicaUnseen() throws Exception {
        try (FaultStage stage = new FaultStage().with(plan -> plan.leaveReplicaWritable())) {
            ReplicationRun run = stage.startAndPauseBefore(GuideStep.VERIFY);
            stage.replica().execute("UPDATE shop.big SET v = 'mine' WHERE id = 1");

            run.proceed();

            RunResult failed = stage.awaitFailure(run, "CORE-617");
            assertThat(failed.verification().orElseThrow().isClean()).isFalse();
            stage.assertNothingHeld();
            stage.abandon(run);
        }
    }
}
