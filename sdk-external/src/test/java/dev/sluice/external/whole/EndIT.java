// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.PreflightReport;
import dev.sluice.api.run.RunResult;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The end of a replication on real servers. */
@Timeout(180)
class EndIT {
    private static final String RETENTION = "SELECT @@GLOBAL.binlog_expire_logs_seconds";

    private static EndPlan end(Pair pair, ReplicationPlan plan) {
        EndPlan end = EndPlan.of(pair.replicaEndpoint()).source(pair.sourceEndpoint());
        for (var consent : plan.consents()) {
            end = end.allow(consent);
        }
        return end;
    }

    private static RunResult run(Pair pair, EndPlan end) throws InterruptedException {
        return pair.sluice().start(pair.sluice().compile(end)).await();
    }

    private static String one(MySqlServer server, String query) {
        return String.valueOf(server.query(query).get(0).get(0));
    }

    private static void shop(Pair pair) {
        pair.source().execute("CREATE DATABASE shop", "CREATE TABLE shop.t (id INT PRIMARY KEY)");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_15", "MYSQL_8_0_31", "MYSQL_9"})
    void theFilterAndTheSettingsOfTheReplicationGoWithIt(MySqlRelease release) throws InterruptedException {
        try (Pair pair = Pair.position(release, release)) {
            shop(pair);
            ReplicationPlan plan = pair.plan().databases("shop");
            pair.run(plan);

            EndPlan end = end(pair, plan);
            assertThat(pair.sluice().compile(end).explain().toString()).contains("REPLICATE_WILD_DO_TABLE = ()");
            assertThat(run(pair, end).changedSomething()).isTrue();

            assertThat(run(pair, end).changedSomething()).isFalse();
            assertNothingLeft(pair.replica());
        }
    }

    private static void assertNothingLeft(MySqlServer replica) {
        if (replica.release() == MySqlRelease.MYSQL_5_7) {
            // Only a channel shows the filter here.
            replica.execute("CHANGE MASTER TO MASTER_HOST = 'nowhere.example'");
            assertThat(replica.query("SHOW SLAVE STATUS").toString()).doesNotContain("shop");
            return;
        }
        assertThat(one(
                        replica,
                        "SELECT COUNT(*) FROM performance_schema.replication_applier_global_filters"
                                + " WHERE FILTER_RULE <> ''"))
                .isEqualTo("0");
        assertThat(replica.query("SELECT VARIABLE_NAME FROM performance_schema.persisted_variables")
                        .toString())
                .doesNotContain("start");
    }

    @Test
    void aFilterThatNoPlanSetsStays() throws InterruptedException {
        try (Pair pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
            shop(pair);
            ReplicationPlan plan = pair.plan();
            pair.run(plan);
            pair.replica()
                    .execute(
                            "STOP REPLICA SQL_THREAD",
                            "CHANGE REPLICATION FILTER REPLICATE_DO_DB = (shop), REPLICATE_WILD_IGNORE_TABLE = ()");

            assertThat(pair.sluice().compile(end(pair, plan)).explain().toString())
                    .contains("filter stays");
            run(pair, end(pair, plan));

            assertThat(one(
                            pair.replica(),
                            "SELECT FILTER_RULE FROM performance_schema.replication_applier_global_filters"
                                    + " WHERE FILTER_NAME = 'REPLICATE_DO_DB'"))
                    .isEqualTo("shop");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void eventsThatRunOnTheSourceAreEnabledAndNoOthers(MySqlRelease release) throws InterruptedException {
        String shown =
                "SELECT EVENT_NAME, DEFINER, SQL_MODE, CHARACTER_SET_CLIENT, COLLATION_CONNECTION, DATABASE_COLLATION,"
                        + " TIME_ZONE, STARTS, EVENT_DEFINITION FROM information_schema.EVENTS ORDER BY 1";
        try (Pair pair = Pair.position(release, release)) {
            shop(pair);
            pair.source()
                    .execute(
                            "CREATE USER 'some`one'@'%'",
                            "SET SESSION sql_mode = 'ANSI_QUOTES', time_zone = '+05:00', character_set_client = latin1",
                            "CREATE DEFINER = 'some`one'@'%' EVENT shop.`run``s` ON SCHEDULE EVERY 1 DAY DO DELETE FROM shop.t",
                            "CREATE EVENT shop.lauft ON SCHEDULE EVERY 1 DAY DO DELETE FROM shop.t",
                            "SET NAMES utf8mb4",
                            "CREATE EVENT shop.`rennt ☃` ON SCHEDULE EVERY 1 DAY DO DELETE FROM shop.t WHERE '☃' = 1",
                            "CREATE EVENT shop.off ON SCHEDULE EVERY 1 DAY DISABLE DO DELETE FROM shop.t");
            pair.replica().execute("CREATE USER 'some`one'@'%'");
            ReplicationPlan plan = pair.plan().databases("shop");
            pair.run(plan);
            List<List<String>> before = pair.replica().query(shown);
            EndPlan end = end(pair, plan).enableEvents();

            assertThat(pair.sluice().compile(end(pair, plan)).explain().toString())
                    .contains("stay disabled", "`run``s`")
                    .doesNotContain("ALTER DEFINER", "`off`");
            assertThatThrownBy(() -> pair.sluice().compile(end))
                    .isInstanceOf(PlanRejectedException.class)
                    .hasMessageContaining("CORE-117");
            pair.replica().execute("SET GLOBAL super_read_only = OFF", "SET GLOBAL read_only = OFF");
            CompiledPlan compiled = pair.sluice().compile(end);
            assertThat(compiled.explain().toString()).contains("EVENT `shop`.`run``s` ENABLE");
            pair.sluice().start(compiled).await();

            assertThat(pair.replica()
                            .query("SELECT EVENT_NAME FROM information_schema.EVENTS WHERE STATUS = 'ENABLED'"
                                    + " ORDER BY EVENT_NAME")
                            .toString())
                    .isEqualTo("[[lauft], [rennt ☃], [run`s]]");
            assertThat(pair.replica().query(shown)).isEqualTo(before);
        }
    }

    @Test
    void theRetentionOfBeforeIsRestoredOrTheDefault() throws InterruptedException {
        try (Pair pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
            shop(pair);
            pair.source().execute("SET GLOBAL binlog_expire_logs_seconds = 3600");
            ReplicationPlan plan = pair.plan().retainBinlogs(Duration.ofHours(100));
            pair.run(plan);
            assertThat(one(pair.source(), RETENTION)).isEqualTo("86400");

            run(pair, end(pair, plan).restoreRetention(Duration.ofHours(1)));
            assertThat(one(pair.source(), RETENTION)).isEqualTo("3600");

            run(pair, end(pair, plan).restoreDefaultRetention());
            assertThat(one(pair.source(), RETENTION)).isEqualTo("2592000");
            assertThat(pair.source().query("SELECT VARIABLE_NAME FROM performance_schema.persisted_variables"))
                    .isEmpty();
        }
    }

    @Test
    void preflightTellsWhatTheEndWouldLeaveBehind() throws InterruptedException {
        try (Pair pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
            shop(pair);
            ReplicationPlan plan = pair.plan();
            pair.run(plan);
            CompiledPlan compiled = pair.sluice().compile(end(pair, plan));
            pair.sluice().live(plan).awaitApplied(pair.sluice().live(plan).sourceNow(), Duration.ofSeconds(30));
            assertThat(pair.sluice().preflight(compiled).findings()).isEmpty();

            pair.replica().execute("STOP REPLICA SQL_THREAD");
            pair.source().execute("INSERT INTO shop.t VALUES (1)");

            PreflightReport report = pair.sluice().preflight(compiled);
            assertThat(report.passed()).isTrue();
            assertThat(report.findings()).extracting(Finding::check).containsExactly("not-applied");
        }
    }

    @Test
    void theEndOfTheReplicationFromAnotherServerIsRefused() throws InterruptedException {
        try (Pair pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
            shop(pair);
            ReplicationPlan plan = pair.plan();
            pair.run(plan);
            EndPlan wrong = EndPlan.of(pair.replicaEndpoint()).source(pair.replicaEndpoint());
            CompiledPlan elsewhere =
                    pair.sluice().compile(EndPlan.of(pair.sourceEndpoint()).source(pair.replicaEndpoint()));

            assertThatThrownBy(() -> pair.sluice().compile(wrong)).hasMessageContaining("CORE-218");
            assertThat(pair.sluice().preflight(elsewhere).checks()).contains("servers-reachable", "follows-source");
            pair.replica().stop();
            assertThat(pair.sluice().preflight(elsewhere).errors())
                    .extracting(problem -> problem.code().id())
                    .containsExactly("CORE-293");
            pair.replica().start();
        }
    }
}
