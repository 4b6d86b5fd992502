// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.error.RunStoppedException;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.verify.TableComparison;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Steps that cannot end are ended at their deadline, on the servers as well. */
@Tag("long")
@Timeout(180)
class DeadlinesIT {
    private static final Duration LIMIT = Duration.ofSeconds(4);
    /** A step begins some time after the run, and killing takes a connection. */
    private static final Duration SLACK = Duration.ofSeconds(15);

    private static final String OURS = "SELECT ID, COALESCE(INFO, '') FROM information_schema.PROCESSLIST WHERE ID IN"
            + " (SELECT PROCESSLIST_ID FROM performance_schema.session_connect_attrs WHERE ATTR_NAME = 'sluice_run')";

    private static Pair pair() {
        Pair pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31);
        pair.source()
                .execute(
                        "CREATE DATABASE shop",
                        "CREATE TABLE shop.t (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(500))",
                        "INSERT INTO shop.t (v) VALUES (REPEAT('x', 500)), (REPEAT('y', 500))");
        for (int i = 0; i < 15; i++) {
            pair.source().execute("INSERT INTO shop.t (v) SELECT v FROM shop.t");
        }
        return pair;
    }

    /** The run fails by the deadline, soon after it, and nothing of it is left on either server. */
    private static RunResult assertEnds(Pair pair, ReplicationRun run, GuideStep step) throws Exception {
        RunStoppedException stopped = catchThrowableOfType(RunStoppedException.class, run::await);

        assertThat(stopped).as("the run did not stop").isNotNull();
        assertThat(stopped.code().id()).isEqualTo("CORE-612");
        assertThat(stopped)
                .hasMessageContaining("'" + step.title() + "'")
                .hasMessageContaining("PT4S")
                .hasMessageContaining("deadline(GuideStep." + step + ", …)");
        RunResult result = run.completion().toCompletableFuture().get(1, TimeUnit.SECONDS);
        assertThat(result.state()).isEqualTo(RunState.FAILED);
        assertThat(result.steps())
                .filteredOn(done -> done.row() == step)
                .singleElement()
                .satisfies(done -> assertThat(done.took()).isBetween(LIMIT, LIMIT.plus(SLACK)));
        assertNothingRuns(pair.source());
        assertNothingRuns(pair.replica());
        return result;
    }

    private static void assertNothingRuns(MySqlServer server) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(server.query(OURS)).isEmpty());
    }

    private static void assertTakesWrites(MySqlServer source) {
        source.execute("INSERT INTO shop.t (v) VALUES ('after')", "ALTER TABLE shop.t ADD COLUMN later INT");
    }

    @Test
    void aLoadThatSomebodysLockHoldsUp() throws Exception {
        try (Pair pair = pair();
                TableLock lock = TableLock.on(pair.replica(), "shop.t")) {
            ReplicationPlan plan = pair.plan().deadline(GuideStep.LOAD, LIMIT);
            ReplicationRun run = pair.sluice().start(pair.sluice().compile(plan));
            lock.awaitHeld();

            RunResult result = assertEnds(pair, run, GuideStep.LOAD);

            assertThat(result.left()).anyMatch(line -> line.contains("shop"));
            assertTakesWrites(pair.source());
        }
    }

    /** What was found is not lost. */
    @Test
    void aVerificationThatSomebodysLockHoldsUp() throws Exception {
        try (Pair pair = pair()) {
            pair.source().execute("CREATE TABLE shop.free (id INT PRIMARY KEY)", "INSERT INTO shop.free VALUES (1)");
            ReplicationPlan plan = pair.plan()
                    .leaveReplicaWritable()
                    .pauseBefore(GuideStep.VERIFY)
                    .deadline(GuideStep.VERIFY, LIMIT);
            ReplicationRun run = pair.sluice().start(pair.sluice().compile(plan));
            await().atMost(Duration.ofSeconds(60)).until(() -> run.status().state() == RunState.PAUSED);
            // On a replica that is read-only nobody could lock a table.
            try (TableLock lock = TableLock.on(pair.replica(), "shop.t")) {
                lock.awaitHeld();
                run.proceed();

                assertThat(catchThrowableOfType(RunStoppedException.class, run::await))
                        .as("the run did not stop")
                        .isNotNull()
                        .hasMessageContaining("CORE-843")
                        .hasMessageContaining("shop.t is UNDECIDED");
                RunResult result = run.completion().toCompletableFuture().get(1, TimeUnit.SECONDS);
                assertThat(result.state()).isEqualTo(RunState.FAILED);
                VerificationReport report = result.verification().orElseThrow();
                assertThat(report.isClean()).isFalse();
                assertThat(report.took()).isLessThan(LIMIT.plus(SLACK));
                assertThat(report.tables())
                        .filteredOn(table -> table.table().table().equals("free"))
                        .singleElement()
                        .satisfies(table -> assertThat(table.result()).isEqualTo(TableComparison.Result.EQUAL));
                assertNothingRuns(pair.source());
                assertNothingRuns(pair.replica());
                assertTakesWrites(pair.source());
            }
        }
    }

    @Test
    void aSnapshotThatWaitsForALongStatement() throws Exception {
        try (Pair pair = pair();
                Connection other = pair.source().connect();
                Statement slow = other.createStatement()) {
            ReplicationPlan plan = pair.plan().pauseBefore(GuideStep.SNAPSHOT).deadline(GuideStep.SNAPSHOT, LIMIT);
            ReplicationRun run = pair.sluice().start(pair.sluice().compile(plan));
            await().atMost(Duration.ofSeconds(60)).until(() -> run.status().state() == RunState.PAUSED);
            Thread statement = new Thread(() -> runSlowly(slow), "test-slow");
            statement.setDaemon(true);
            statement.start();
            await().until(() -> pair.source()
                            .query(
                                    "SELECT ID FROM information_schema.PROCESSLIST WHERE STATE = 'User sleep' AND TIME >= 3")
                            .size()
                    == 1);
            run.proceed();

            assertEnds(pair, run, GuideStep.SNAPSHOT);

            assertThat(catchThrowableOfType(RunStoppedException.class, run::await))
                    .hasMessageContaining("would have to wait for thread");
            assertThat(pair.replica().query("SHOW DATABASES LIKE 'shop'")).isEmpty();
            endSlowStatement(pair.source());
            assertTakesWrites(pair.source());
        }
    }

    private static void endSlowStatement(MySqlServer source) {
        source.query("SELECT ID FROM information_schema.PROCESSLIST WHERE STATE = 'User sleep'")
                .forEach(row -> source.execute("KILL " + row.get(0)));
    }

    private static void runSlowly(Statement slow) {
        try {
            slow.executeQuery("SELECT SLEEP(120) FROM shop.t LIMIT 1").close();
        } catch (java.sql.SQLException aborted) {
            // The test ends it.
            return;
        }
    }
}
