// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.error.RunStoppedException;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.PreflightReport;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.secret.Secret;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.ServerOptions;
import dev.sluice.testservers.SharedServers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The end of a replication on real servers. */
@Tag("long")
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

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void binlogsAreDeletedUpToTheFileThatThePlanNames(MySqlRelease release) throws InterruptedException {
        try (Pair pair = Pair.position(release, release)) {
            shop(pair);
            ReplicationPlan plan = pair.plan();
            pair.run(plan);
            pair.source().execute("FLUSH LOGS", "FLUSH LOGS");
            List<List<String>> files = pair.source().query("SHOW BINARY LOGS");
            String kept = files.get(files.size() - 2).get(0);

            EndPlan end = end(pair, plan).purgeBinlogsTo(kept);
            assertThat(pair.sluice().compile(end).explain().toString()).contains("PURGE BINARY LOGS TO '" + kept + "'");
            assertThat(run(pair, end).changedSomething()).isTrue();

            assertThat(pair.source().query("SHOW BINARY LOGS").get(0).get(0)).isEqualTo(kept);
            assertThat(run(pair, end).changedSomething()).isFalse();
            assertThatThrownBy(() -> run(pair, end(pair, plan).purgeBinlogsTo("nothing.000001")))
                    .hasMessageContaining("EXT-132");
        }
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
    void anAccountThatAnotherReplicaUsesIsNotDropped() throws InterruptedException {
        try (Pair pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31);
                SharedServers.Loan second =
                        SharedServers.ofThisJvm().borrow(MySqlRelease.MYSQL_8_0_31, ServerOptions::gtid)) {
            shop(pair);
            pair.source()
                    .execute(
                            "CREATE USER 'shared'@'127.0.0.1' IDENTIFIED BY 'not-it'",
                            "GRANT REPLICATION SLAVE ON *.* TO 'shared'@'127.0.0.1'");
            ReplicationPlan plan =
                    pair.plan().replicationUser("shared", Secret.named("wrong")).replicationUserHost("127.0.0.1");
            pair.run(plan);
            second.server()
                    .execute(
                            "CHANGE REPLICATION SOURCE TO SOURCE_HOST = '127.0.0.1', SOURCE_PORT = "
                                    + pair.source().port()
                                    + ", SOURCE_USER = 'shared', SOURCE_PASSWORD = 'not-it', SOURCE_AUTO_POSITION = 1,"
                                    + " GET_SOURCE_PUBLIC_KEY = 1",
                            "START REPLICA");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> pair.source().query("SHOW REPLICAS").size() == 2);
            CompiledPlan compiled = pair.sluice().compile(end(pair, plan).dropReplicationUser("shared", "127.0.0.1"));

            assertThatThrownBy(() -> pair.sluice().start(compiled))
                    .isInstanceOf(PlanRejectedException.class)
                    .hasMessageContaining("CORE-261")
                    .hasMessageContaining(one(second.server(), "SELECT @@server_uuid"))
                    .hasMessageNotContaining(one(pair.replica(), "SELECT @@server_uuid"));
            assertThat(pair.replica().query("SHOW REPLICA STATUS")).hasSize(1);

            second.server().execute("STOP REPLICA");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> pair.sluice().preflight(compiled).passed());
            pair.sluice().start(compiled).await();
            assertThat(one(pair.source(), "SELECT COUNT(*) FROM mysql.user WHERE user = 'shared'"))
                    .isEqualTo("0");
            second.server().execute("RESET REPLICA ALL");
        }
    }

    /** What fails after the stop, with the replica still configured. */
    private static ReplicationRun failedAfterTheStop(Pair pair, ReplicationPlan plan) throws InterruptedException {
        String account = plan.replicationAccount().user();
        pair.source().execute("GRANT SELECT ON shop.* TO '" + account + "'@'127.0.0.1'");
        ReplicationRun run = pair.sluice()
                .start(pair.sluice()
                        .compile(end(pair, plan).keepConfiguration().dropReplicationUser(account, "127.0.0.1")));
        assertThatThrownBy(run::await).isInstanceOf(RunStoppedException.class).hasMessageContaining("EXT-125");
        return run;
    }

    private static void assertReplicatesTheScopeOnly(Pair pair, ReplicationPlan plan) {
        pair.source().execute("INSERT INTO shop.t VALUES (7)", "CREATE DATABASE other");
        pair.sluice().live(plan).awaitApplied(pair.sluice().live(plan).sourceNow(), Duration.ofSeconds(60));
        assertThat(pair.replica().query("SELECT id FROM shop.t").toString()).isEqualTo("[[7]]");
        assertThat(pair.replica().query("SHOW DATABASES LIKE 'other'")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_15", "MYSQL_8_0_31", "MYSQL_9"})
    void aStopThatIsTakenBackStartsWithItsFilter(MySqlRelease release) throws InterruptedException {
        try (Pair pair = Pair.position(release, release)) {
            shop(pair);
            ReplicationPlan plan = pair.plan().databases("shop");
            pair.run(plan);
            ReplicationRun run = failedAfterTheStop(pair, plan);

            assertThat(run.abandon().left()).isEmpty();

            assertReplicatesTheScopeOnly(pair, plan);
        }
    }

    @Test
    void aReplicaThatLostItsFilterMeanwhileIsNotStarted() throws InterruptedException {
        try (Pair pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
            shop(pair);
            ReplicationPlan plan = pair.plan().databases("shop");
            pair.run(plan);
            ReplicationRun run = failedAfterTheStop(pair, plan);
            pair.replica().restart();

            assertThat(run.abandon().left())
                    .singleElement()
                    .satisfies(left -> assertThat(left).contains("start replication again"));

            assertThat(pair.sluice().live(plan).lag()).isEmpty();
            pair.sluice().live(plan).start();
            assertReplicatesTheScopeOnly(pair, plan);
        }
    }

    @Test
    void aReplicaThatShowsItsFilterByNoQueryGetsItAgain() throws InterruptedException {
        try (Pair pair = Pair.gtid(MySqlRelease.MYSQL_5_7, MySqlRelease.MYSQL_5_7)) {
            shop(pair);
            ReplicationPlan plan = pair.plan().databases("shop").allowReplicaBinlogReset();
            pair.run(plan);
            ReplicationRun run = failedAfterTheStop(pair, plan);
            pair.replica().restart();

            assertThat(run.abandon().left()).isEmpty();

            assertReplicatesTheScopeOnly(pair, plan);
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
            assertThat(pair.sluice().preflight(elsewhere).checks()).contains("servers-reachable", "not-applied");
            pair.replica().stop();
            assertThat(pair.sluice().preflight(elsewhere).errors())
                    .extracting(problem -> problem.code().id())
                    .containsExactly("CORE-293");
            pair.replica().start();
        }
    }
}
