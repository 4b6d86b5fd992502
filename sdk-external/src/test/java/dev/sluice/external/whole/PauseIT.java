// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.error.RunStoppedException;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.core.LiveReplication;
import dev.sluice.core.PausedReplication;
import dev.sluice.testservers.MySqlRelease;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A replication is stopped for a long job on its replica and started again, on real servers. */
@Tag("long")
@Timeout(180)
class PauseIT {
    private static ReplicationPlan replicating(Pair pair) throws InterruptedException {
        pair.source()
                .execute(
                        "CREATE DATABASE shop",
                        "CREATE TABLE shop.t (id INT PRIMARY KEY)",
                        "CREATE DATABASE other",
                        "CREATE TABLE other.t (id INT PRIMARY KEY)");
        ReplicationPlan plan = pair.plan().databases("shop");
        pair.run(plan);
        return plan;
    }

    private static String rows(Pair pair) {
        return String.valueOf(
                pair.replica().query("SELECT COUNT(*) FROM shop.t").get(0).get(0));
    }

    private static void awaitAll(LiveReplication live) {
        live.awaitApplied(live.sourceNow(), Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_15", "MYSQL_8_0_31", "MYSQL_9"})
    void stoppedAndStartedByTheReplicaAlone(MySqlRelease release) throws InterruptedException {
        try (Pair pair = Pair.position(release, release)) {
            ReplicationPlan plan = replicating(pair);
            LiveReplication live = pair.sluice().live(plan);
            PausedReplication replication = pair.sluice()
                    .replication(pair.replicaEndpoint(), plan.consents().toArray(Consent[]::new));

            assertThat(replication.stop().changedSomething()).isTrue();
            assertThat(live.lag()).isEmpty();
            pair.source().execute("INSERT INTO shop.t VALUES (1)");
            assertThat(replication.stop().changedSomething()).isFalse();
            assertThat(rows(pair)).isEqualTo("0");

            assertThat(replication.start().changedSomething()).isTrue();
            awaitAll(live);
            assertThat(rows(pair)).isEqualTo("1");
            assertThat(replication.start().changedSomething()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_8_0_31", "MYSQL_9"})
    void afterARestartItIsStartedByItsPlanOnlyAndWithItsFilter(MySqlRelease release) throws InterruptedException {
        try (Pair pair = Pair.gtid(release, release)) {
            ReplicationPlan plan = replicating(pair);
            LiveReplication live = pair.sluice().live(plan);
            live.stop();
            pair.replica().restart();
            pair.source().execute("INSERT INTO shop.t VALUES (1)", "INSERT INTO other.t VALUES (1)");

            assertThatThrownBy(() ->
                            pair.sluice().replication(pair.replicaEndpoint()).start())
                    .isInstanceOf(RunStoppedException.class)
                    .hasMessageContaining("EXT-127");
            assertThat(live.lag()).isEmpty();

            live.start();
            awaitAll(live);
            assertThat(rows(pair)).isEqualTo("1");
            assertThat(pair.replica().query("SHOW DATABASES LIKE 'other'")).isEmpty();
        }
    }

    @Test
    void neitherAnotherFilterNorAnotherSourceIsStarted() throws InterruptedException {
        try (Pair pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
            ReplicationPlan plan = replicating(pair);
            pair.sluice().live(plan).stop();

            assertThatThrownBy(() -> pair.sluice().live(plan.databases("other")).start())
                    .hasMessageContaining("EXT-128");
            try (Pair other = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
                ReplicationPlan elsewhere =
                        ReplicationPlan.from(other.sourceEndpoint()).to(pair.replicaEndpoint());
                assertThatThrownBy(() -> pair.sluice().live(elsewhere).start()).hasMessageContaining("CORE-218");
            }
            assertThatThrownBy(() ->
                            pair.sluice().replication(pair.sourceEndpoint()).start())
                    .isInstanceOf(PlanRejectedException.class)
                    .hasMessageContaining("EXT-126");
        }
    }
}
