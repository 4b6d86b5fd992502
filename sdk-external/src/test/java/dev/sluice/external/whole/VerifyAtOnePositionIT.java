// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.VerifyPlan;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.verify.ComparedAt;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.testservers.MySqlRelease;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Source and replica are compared at exactly one position, on real servers, while the source is written to. */
@Timeout(180)
class VerifyAtOnePositionIT {
    private static ReplicationPlan plan(Pair pair) {
        return pair.plan().databases("live").verifyAtOnePosition().allowVerificationLock();
    }

    private static boolean isApplying(Pair pair) {
        return pair.replica()
                .query("SELECT SERVICE_STATE FROM performance_schema.replication_applier_status")
                .equals(List.of(List.of("ON")));
    }

    private static void follows(Pair pair, ReplicationPlan plan) {
        var live = pair.sluice().live(plan);
        live.awaitApplied(live.sourceNow(), Duration.ofSeconds(30));
        assertThat(isApplying(pair)).isTrue();
    }

    @Test
    void asTheLastRowOfARunAndOnARunningReplication() throws Exception {
        try (Pair pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
            bothInOneRunAndByItself(pair);
        }
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_15", "MYSQL_9"})
    void withoutGtids(MySqlRelease release) throws Exception {
        try (Pair pair = Pair.position(release, release)) {
            bothInOneRunAndByItself(pair);
        }
    }

    private static void bothInOneRunAndByItself(Pair pair) throws Exception {
        try (Writing writing = Writing.on(pair.source())) {
            ReplicationPlan plan = plan(pair);
            RunResult result = pair.run(plan);

            ComparedAt at = result.verification().orElseThrow().at().orElseThrow();
            assertThat(result.verification().orElseThrow().isClean()).isTrue();
            assertThat(at.coordinates()
                            .position()
                            .compareTo(result.coordinates().orElseThrow().position()))
                    .isPositive();
            assertThat(result.lockHeld()).isGreaterThanOrEqualTo(at.lockHeld());
            assertThat(result.left()).isEmpty();
            follows(pair, plan);

            pair.source().execute("FLUSH BINARY LOGS");
            VerificationReport again = pair.sluice().live(plan).verifyAtOnePosition();

            assertThat(again.isClean()).as(again.toString()).isTrue();
            assertThat(again.rows()).isPositive();
            assertThat(again.at().orElseThrow().applierStopped()).isPositive();
            follows(pair, plan);

            pair.replica()
                    .execute(
                            "SET SESSION sql_log_bin = 0, GLOBAL super_read_only = OFF",
                            "INSERT INTO live.t (id, v) VALUES (1000000, 'never was')");
            VerificationReport other = pair.sluice().live(plan).verifyAtOnePosition();

            assertThat(other.tables().get(0).differences())
                    .containsExactly("the row with id = 1000000 is on the replica only");
            assertThat(other.repairs()).hasSize(2);
            follows(pair, plan);
            writing.stop();
        }
    }

    @Test
    void sourceThatStandsStillIsComparedWhereItStands() throws Exception {
        try (Pair pair = Pair.position(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
            pair.source().execute("CREATE DATABASE live", "CREATE TABLE live.t (id INT PRIMARY KEY)");
            ReplicationPlan plan = plan(pair);
            pair.run(plan.until(GuideStep.CATCH_UP));
            pair.source().execute("FLUSH BINARY LOGS");

            assertThat(pair.sluice().live(plan).verifyAtOnePosition().isClean()).isTrue();
            follows(pair, plan);
        }
    }

    @Test
    void planThatDoesNotAllowItIsRefused() throws Exception {
        try (Pair pair = Pair.position(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
            pair.source().execute("CREATE DATABASE live", "CREATE TABLE live.t (id INT PRIMARY KEY)");
            ReplicationPlan plan = pair.plan().databases("live");

            assertThatThrownBy(() -> pair.sluice().compile(plan.verifyAtOnePosition()))
                    .isInstanceOf(PlanRejectedException.class)
                    .hasMessageContaining("allowVerificationLock()");
            pair.run(plan.until(GuideStep.CATCH_UP));
            assertThatThrownBy(() -> pair.sluice().live(plan).verifyAtOnePosition())
                    .isInstanceOf(PlanRejectedException.class)
                    .hasMessageContaining("allowVerificationLock()");
            assertThat(isApplying(pair)).isTrue();
        }
    }

    @Test
    void applierGoesOnWhenTheRunIsCancelledWhileItIsHeld() throws Exception {
        try (Pair pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
            pair.source().execute("CREATE DATABASE live", "CREATE TABLE live.t (id INT PRIMARY KEY)");
            ReplicationPlan plan = plan(pair);
            pair.run(plan.until(GuideStep.CATCH_UP));
            try (Connection blocking = pair.replica().connect();
                    Statement statement = blocking.createStatement()) {
                // The applier cannot come to the position as long as somebody holds the row's table.
                statement.execute("LOCK TABLES live.t READ");
                pair.source().execute("INSERT INTO live.t VALUES (1)");
                ReplicationRun run = pair.sluice().start(pair.sluice().compile(new VerifyPlan(plan)));
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> !pair.replica()
                                .query("SELECT 1 FROM performance_schema.threads WHERE NAME LIKE '%sql%'"
                                        + " AND PROCESSLIST_STATE LIKE 'Waiting for table%'")
                                .isEmpty());
                run.cancel();
                statement.execute("UNLOCK TABLES");
                assertThat(run.completion().toCompletableFuture().join().state())
                        .isEqualTo(RunState.CANCELLED);
            }
            follows(pair, plan);
        }
    }
}
