// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.error.RunStoppedException;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs that fail, and are taken back: both servers are as they were. */
@Timeout(240)
class AbandonIT {
    private static final String LOCK_HOLDER = "SELECT IS_USED_LOCK('dev.sluice.replica')";

    @Tag("long")
    @Test
    void afterTheComparisonFailedBothServersAreAsBeforeAndThePlanCanRunAgain() throws Exception {
        try (Pair pair = Pair.position(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
            fillShop(pair.source(), 2);
            List<String> source = RunTraces.of(pair.source());
            List<String> replica = RunTraces.of(pair.replica());
            ReplicationPlan plan = pair.plan().retainBinlogs(Duration.ofHours(1000));
            ReplicationRun run = failedAtVerify(pair, plan);
            assertThat(RunTraces.of(pair.replica())).isNotEqualTo(replica);

            RunResult result = run.abandon();

            assertThat(result.left()).isEmpty();
            assertThat(result.state()).isEqualTo(RunState.ABANDONED);
            assertThat(result.undone()).anyMatch(line -> line.contains("shop"));
            assertThat(RunTraces.of(pair.source())).isEqualTo(source);
            assertThat(RunTraces.of(pair.replica())).isEqualTo(replica);
            assertThat(pair.run(plan).state()).isEqualTo(RunState.SUCCEEDED);
        }
    }

    @Tag("long")
    @Test
    void afterTheComparisonFailedWithGtids() throws Exception {
        try (Pair pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
            fillShop(pair.source(), 2);
            List<String> source = RunTraces.of(pair.source());
            List<String> replica = RunTraces.of(pair.replica());
            ReplicationPlan plan = pair.plan().retainBinlogs(Duration.ofHours(1000));
            ReplicationRun run = failedAtVerify(pair, plan);

            assertThat(run.abandon().left()).isEmpty();

            assertThat(RunTraces.of(pair.source())).isEqualTo(source);
            assertThat(RunTraces.of(pair.replica())).isEqualTo(replica);
            assertThat(pair.run(plan).state()).isEqualTo(RunState.SUCCEEDED);
        }
    }

    /** Into a database that was there, so that tables which refer to each other are dropped one by one. */
    @Test
    void afterTheLoadFailedBothServersAreAsBefore() throws Exception {
        try (Pair pair = Pair.position(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
            fillShop(pair.source(), 16);
            pair.replica().execute("CREATE DATABASE shop");
            List<String> source = RunTraces.of(pair.source());
            List<String> replica = RunTraces.of(pair.replica());
            ReplicationRun run = startAndAwaitCopying(pair, pair.plan());
            await().pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> {
                        killWriters(pair.replica());
                        return hasEnded(run);
                    });
            assertThatThrownBy(run::await).isInstanceOf(RunStoppedException.class);
            assertThat(run.status().state()).isEqualTo(RunState.FAILED);
            assertThat(RunTraces.of(pair.replica())).isNotEqualTo(replica);

            assertThat(run.abandon().left()).isEmpty();

            assertThat(RunTraces.of(pair.source())).isEqualTo(source);
            assertThat(RunTraces.of(pair.replica())).isEqualTo(replica);
        }
    }

    @Test
    void aRunThatLostItsClaimLeavesTheReplicaAloneUntilItIsAbandoned() throws Exception {
        try (Pair pair = Pair.position(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
            fillShop(pair.source(), 2);
            List<String> source = RunTraces.of(pair.source());
            List<String> replica = RunTraces.of(pair.replica());
            ReplicationRun run = pausedBefore(pair, pair.plan(), GuideStep.ENABLE_REPLICATION);
            pair.replica().execute("KILL " + lockHolder(pair.replica()).orElseThrow());
            assertThatThrownBy(run::await)
                    .isInstanceOf(RunStoppedException.class)
                    .hasMessageContaining("CORE-615");
            RunResult lost = run.completion().toCompletableFuture().join();
            assertThat(lost.undone()).isEmpty();
            assertThat(lost.left()).anyMatch(line -> line.contains("shop"));
            assertThat(pair.replica().query("SHOW DATABASES LIKE 'shop'")).isNotEmpty();

            // Whoever has it now is not disturbed.
            try (Connection other = pair.replica().connect();
                    Statement holder = other.createStatement()) {
                holder.execute("SELECT GET_LOCK('dev.sluice.replica', 10)");
                assertThatThrownBy(run::abandon).hasMessageContaining("CORE-614");
                assertThat(pair.replica().query("SHOW DATABASES LIKE 'shop'")).isNotEmpty();
            }

            assertThat(run.abandon().left()).isEmpty();
            assertThat(RunTraces.of(pair.source())).isEqualTo(source);
            assertThat(RunTraces.of(pair.replica())).isEqualTo(replica);
        }
    }

    @Test
    void theClaimIsHeldWhileACancelUndoes() throws Exception {
        try (Pair pair = Pair.position(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
            fillShop(pair.source(), 2);
            ReplicationRun run = pausedBefore(pair, pair.plan(), GuideStep.ENABLE_REPLICATION);
            try (Connection reader = pair.replica().connect();
                    Statement reading = reader.createStatement()) {
                reader.setAutoCommit(false);
                reading.executeQuery("SELECT COUNT(*) FROM shop.a_child").close();
                run.cancel();
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> !pair.replica()
                                .query("SELECT ID FROM information_schema.PROCESSLIST WHERE INFO LIKE 'DROP%'")
                                .isEmpty());

                assertThat(lockHolder(pair.replica())).isPresent();
            }
            RunResult result = run.completion().toCompletableFuture().get(60, TimeUnit.SECONDS);
            assertThat(result.state()).isEqualTo(RunState.CANCELLED);
            assertThat(result.left()).isEmpty();
            assertThat(lockHolder(pair.replica())).isEmpty();
        }
    }

    /** Longer than a server lets a statement wait for a lock. */
    @Tag("long") // The server gives up waiting by itself, in its own time.
    @Test
    void anUndoThatHasToWaitForALockIsTriedAgain() throws Exception {
        try (Pair pair = Pair.position(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
            fillShop(pair.source(), 2);
            CountDownLatch again = new CountDownLatch(1);
            ReplicationRun run = pausedBefore(pair, pair.plan(), GuideStep.ENABLE_REPLICATION, again);
            try (Connection reader = pair.replica().connect();
                    Statement reading = reader.createStatement()) {
                reader.setAutoCommit(false);
                reading.executeQuery("SELECT COUNT(*) FROM shop.a_child").close();
                run.cancel();

                assertThat(again.await(60, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(run.completion()
                            .toCompletableFuture()
                            .get(60, TimeUnit.SECONDS)
                            .left())
                    .isEmpty();
            assertThat(pair.replica().query("SHOW DATABASES LIKE 'shop'")).isEmpty();
        }
    }

    @Test
    void whatAnEarlierRunLeftOnTheReplicaIsEndedBeforeTheFirstChangeAndNothingElse() throws Exception {
        try (Pair pair = Pair.position(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
            fillShop(pair.source(), 2);
            try (Connection old = tagged(pair.replica(), "replica");
                    Connection readsFromIt = tagged(pair.replica(), "source");
                    Connection onSource = tagged(pair.source(), "replica")) {
                ReplicationRun run = pausedBefore(pair, pair.plan(), GuideStep.ENABLE_BINLOG);

                assertThat(old.isValid(5)).isFalse();
                assertThat(readsFromIt.isValid(5)).isTrue();
                assertThat(onSource.isValid(5)).isTrue();
                run.cancel();
                assertThatThrownBy(run::await).isInstanceOf(RunStoppedException.class);
            }
        }
    }

    private static Connection tagged(MySqlServer server, String role) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("user", server.rootUser());
        properties.setProperty("password", server.rootPassword());
        properties.setProperty(
                "connectionAttributes", "program_name:sluice,sluice_run:r-old,sluice_token:1,sluice_role:" + role);
        return DriverManager.getConnection(server.jdbcUrl(), properties);
    }

    /** The names are such that the newest undo would drop the parent first. */
    private static void fillShop(MySqlServer source, int doublings) {
        source.execute(
                "CREATE DATABASE shop",
                "CREATE TABLE shop.z_parent (id INT PRIMARY KEY)",
                "INSERT INTO shop.z_parent VALUES (1)",
                "CREATE TABLE shop.a_child (id INT AUTO_INCREMENT PRIMARY KEY, parent INT, v VARCHAR(500),"
                        + " FOREIGN KEY (parent) REFERENCES shop.z_parent (id))",
                "INSERT INTO shop.a_child (parent, v) VALUES (1, REPEAT('x', 500)), (1, REPEAT('y', 500))",
                "CREATE VIEW shop.seen AS SELECT id FROM shop.a_child",
                "CREATE PROCEDURE shop.p() SELECT 1");
        for (int i = 0; i < doublings; i++) {
            source.execute("INSERT INTO shop.a_child (parent, v) SELECT parent, v FROM shop.a_child");
        }
    }

    /** A row of the replica is changed behind the run's back. */
    private static ReplicationRun failedAtVerify(Pair pair, ReplicationPlan plan) throws Exception {
        ReplicationRun run = pausedBefore(pair, plan, GuideStep.VERIFY);
        pair.replica()
                .execute(
                        "SET GLOBAL super_read_only = OFF",
                        "UPDATE shop.a_child SET v = 'other' LIMIT 1",
                        "SET GLOBAL super_read_only = ON");
        run.proceed();
        assertThatThrownBy(run::await).isInstanceOf(RunStoppedException.class).hasMessageContaining("CORE-617");
        return run;
    }

    private static ReplicationRun pausedBefore(Pair pair, ReplicationPlan plan, GuideStep step) {
        return pausedBefore(pair, plan, step, new CountDownLatch(1));
    }

    private static ReplicationRun pausedBefore(
            Pair pair, ReplicationPlan plan, GuideStep step, CountDownLatch retried) {
        CompiledPlan compiled = pair.sluice().compile(plan.pauseBefore(step));
        ReplicationRun run = pair.sluice().start(compiled, event -> {
            if (event instanceof RunEvent.RetryScheduled) {
                retried.countDown();
            }
        });
        await().atMost(Duration.ofSeconds(60))
                .until(() -> run.status().state() == RunState.PAUSED
                        || run.status().state().isFinal());
        assertThat(run.status().state()).isEqualTo(RunState.PAUSED);
        return run;
    }

    private static ReplicationRun startAndAwaitCopying(Pair pair, ReplicationPlan plan) throws InterruptedException {
        CountDownLatch copying = new CountDownLatch(1);
        ReplicationRun run = pair.sluice().start(pair.sluice().compile(plan), event -> {
            if (event instanceof RunEvent.Progress) {
                copying.countDown();
            }
        });
        assertThat(copying.await(60, TimeUnit.SECONDS)).isTrue();
        return run;
    }

    /** Those that write, and not the one that holds the claim. */
    private static void killWriters(MySqlServer replica) {
        replica.query("SELECT PROCESSLIST_ID FROM performance_schema.session_connect_attrs"
                        + " WHERE ATTR_NAME = 'sluice_role' AND ATTR_VALUE = 'replica'")
                .forEach(row -> killIfThere(replica, row.get(0)));
    }

    private static void killIfThere(MySqlServer server, String id) {
        try {
            server.execute("KILL " + id);
        } catch (RuntimeException gone) {
            assertThat(gone).hasMessageContaining("Unknown thread id");
        }
    }

    private static boolean hasEnded(ReplicationRun run) {
        return run.status().state().isFinal();
    }

    private static Optional<String> lockHolder(MySqlServer server) {
        return Optional.ofNullable(server.query(LOCK_HOLDER).get(0).get(0));
    }
}
