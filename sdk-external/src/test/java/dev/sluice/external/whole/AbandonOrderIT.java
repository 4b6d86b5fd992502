// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.error.RunStoppedException;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.Secret;
import dev.sluice.core.Sluice;
import dev.sluice.testservers.MySqlRelease;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An old run that is taken back when a later one has built on what it left: the later one's replication goes on. */
@Tag("long")
@Timeout(240)
class AbandonOrderIT {
    @Test
    void aRunThatEndedBeforeItsSnapshotIsNotTakenBackUnderALaterOne() throws Exception {
        try (Pair pair = pair()) {
            ReplicationPlan plan = plan(pair);
            ReplicationRun old = failedBefore(pair, plan, GuideStep.SNAPSHOT);
            assertThat(pair.run(plan).state()).isEqualTo(RunState.SUCCEEDED);
            List<String> source = RunTraces.of(pair.source());

            assertThatThrownBy(old::abandon).hasMessageContaining("CORE-629");

            assertThat(RunTraces.of(pair.source())).isEqualTo(source).anyMatch(line -> line.contains("follower"));
            assertStillFollows(pair, plan);
        }
    }

    @Test
    void norUnderOneOfAnotherProcess() throws Exception {
        try (Pair pair = pair();
                Sluice other = pair.newSluice()) {
            ReplicationPlan plan = plan(pair);
            ReplicationRun old = failedBefore(pair, plan, GuideStep.SNAPSHOT);
            assertThat(other.start(other.compile(plan)).await().state()).isEqualTo(RunState.SUCCEEDED);
            List<String> source = RunTraces.of(pair.source());

            assertThatThrownBy(old::abandon).hasMessageContaining("CORE-629").hasMessageContaining("follows");

            assertThat(RunTraces.of(pair.source())).isEqualTo(source);
            assertStillFollows(pair, plan);
        }
    }

    /** The later one finds the data and the channel in place, and keeps them. */
    @Test
    void aRunThatHadPointedTheReplicaIsNotTakenBackUnderALaterOne() throws Exception {
        try (Pair pair = pair()) {
            ReplicationPlan plan = plan(pair);
            ReplicationRun old = failedBefore(pair, plan, GuideStep.VERIFY);
            assertThat(pair.run(plan).state()).isEqualTo(RunState.SUCCEEDED);

            assertThatThrownBy(old::abandon).hasMessageContaining("CORE-629");

            assertStillFollows(pair, plan);
        }
    }

    @Test
    void runsThatFailedOneAfterTheOtherAreTakenBackNewestFirst() throws Exception {
        try (Pair pair = pair()) {
            List<String> source = RunTraces.of(pair.source());
            List<String> replica = RunTraces.of(pair.replica());
            ReplicationRun first = failedBefore(pair, plan(pair), GuideStep.SNAPSHOT);
            ReplicationRun second = failedBefore(pair, plan(pair), GuideStep.ENABLE_REPLICATION);
            assertThatThrownBy(first::abandon).hasMessageContaining("CORE-629");

            assertThat(second.abandon().left()).isEmpty();
            assertThat(first.abandon().left()).isEmpty();

            assertThat(RunTraces.of(pair.source())).isEqualTo(source);
            assertThat(RunTraces.of(pair.replica())).isEqualTo(replica);
        }
    }

    private static Pair pair() {
        Pair pair = Pair.position(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31);
        pair.source()
                .execute(
                        "CREATE DATABASE shop",
                        "CREATE TABLE shop.orders (id INT PRIMARY KEY)",
                        "INSERT INTO shop.orders VALUES (1), (2)");
        return pair;
    }

    /** With a login of the host's, which a later run may use as well. */
    private static ReplicationPlan plan(Pair pair) {
        return pair.plan().retainBinlogs(Duration.ofHours(1000)).replicationUser("follower", Secret.named("login"));
    }

    /** Its claim is taken from it, so that it stops where it stands. */
    private static ReplicationRun failedBefore(Pair pair, ReplicationPlan plan, GuideStep step) {
        ReplicationRun run = pair.sluice().start(pair.sluice().compile(plan.pauseBefore(step)));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> run.status().state() == RunState.PAUSED
                        || run.status().state().isFinal());
        pair.replica()
                .execute("KILL "
                        + pair.replica()
                                .query("SELECT IS_USED_LOCK('dev.sluice.replica')")
                                .get(0)
                                .get(0));
        assertThatThrownBy(run::await).isInstanceOf(RunStoppedException.class).hasMessageContaining("CORE-615");
        return run;
    }

    private static void assertStillFollows(Pair pair, ReplicationPlan plan) {
        pair.source().execute("INSERT INTO shop.orders VALUES (3)");
        // A login that was dropped would be noticed only by who logs in anew.
        pair.replica().execute("STOP REPLICA", "START REPLICA");

        assertThat(pair.compare(plan).isClean()).isTrue();
        assertThat(pair.replica().query("SELECT COUNT(*) FROM shop.orders").toString())
                .isEqualTo("[[3]]");
    }
}
