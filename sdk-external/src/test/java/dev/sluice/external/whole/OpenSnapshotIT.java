// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.error.RunStoppedException;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.SnapshotLimits;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.run.StepResult;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What others do on the source while the copy reads its snapshots, through whole runs. */
@Tag("long")
@Timeout(180)
class OpenSnapshotIT {
    private static final TableName FIRST = TableName.of("shop", "first");

    private final Queue<RunEvent> events = new ConcurrentLinkedQueue<>();

    /** The big table is read first, by the only reader; what comes after it waits as long as the replica's copy is locked. */
    private static Pair pair() {
        Pair pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)
                .with(builder -> builder.copyConnections(1, 1));
        pair.source()
                .execute(
                        "CREATE DATABASE shop",
                        "CREATE TABLE shop.first (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(500))",
                        "CREATE TABLE shop.middle LIKE shop.first",
                        "CREATE TABLE shop.last (id INT PRIMARY KEY, v INT)",
                        "INSERT INTO shop.first (v) VALUES (REPEAT('x', 500)), (REPEAT('y', 500))",
                        "INSERT INTO shop.last VALUES (1, 1), (2, 2)");
        for (int i = 0; i < 15; i++) {
            pair.source().execute("INSERT INTO shop.first (v) SELECT v FROM shop.first");
        }
        pair.source()
                .execute(
                        "INSERT INTO shop.middle SELECT * FROM shop.first WHERE id % 3 > 0",
                        "ANALYZE TABLE shop.first, shop.middle, shop.last");
        return pair;
    }

    private ReplicationRun start(Pair pair, ReplicationPlan plan) {
        return pair.sluice().start(pair.sluice().compile(plan), events::add);
    }

    private static RunResult stopped(ReplicationRun run, String code) throws Exception {
        RunStoppedException stopped = catchThrowableOfType(RunStoppedException.class, run::await);
        assertThat(stopped).as("the run did not stop").isNotNull();
        assertThat(stopped.code().id()).isEqualTo(code);
        RunResult result = run.completion().toCompletableFuture().get(1, TimeUnit.SECONDS);
        assertThat(result.state()).isEqualTo(RunState.FAILED);
        return result;
    }

    private static void assertFree(MySqlServer source) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(source.query("SELECT trx_id FROM information_schema.INNODB_TRX"))
                        .isEmpty());
        source.execute("INSERT INTO shop.last (id) VALUES (3)", "DELETE FROM shop.last WHERE id = 3");
        assertThat(source.query("SELECT COUNT(*) FROM shop.first").toString()).isEqualTo("[[65536]]");
        assertThat(source.query("SELECT @@GLOBAL.read_only, @@GLOBAL.super_read_only")
                        .toString())
                .isEqualTo("[[0, 0]]");
    }

    @Test
    void anAlterOfATableStillToBeReadEndsTheRunByItsOwnCode() throws Exception {
        try (Pair pair = pair()) {
            RunResult result;
            try (TableLock lock = TableLock.on(pair.replica(), "shop.first")) {
                ReplicationRun run = start(pair, pair.plan());
                lock.awaitHeld();
                pair.source().execute("ALTER TABLE shop.last ADD COLUMN late INT");
                lock.close();
                result = stopped(run, "CORE-306");
            }

            assertThat(result.problem().orElseThrow().what()).contains("shop", "last");
            assertFree(pair.source());
            assertThat(pair.source().query("SHOW COLUMNS FROM shop.last")).hasSize(3);
            theReplicaIsAsTheResultSays(pair, result);
        }
    }

    /** A run that failed drops nothing: it names what is left, and neither follows the source nor is protected. */
    private static void theReplicaIsAsTheResultSays(Pair pair, RunResult result) {
        assertThat(result.left()).anyMatch(line -> line.contains("the database shop"));
        assertThat(pair.replica().query("SHOW TABLES IN shop")).hasSize(3);
        assertThat(pair.replica().query("SHOW REPLICA STATUS")).isEmpty();
        assertThat(pair.replica().query("SELECT @@GLOBAL.super_read_only").toString())
                .isEqualTo("[[0]]");
        assertThat(pair.replica()
                        .query("SELECT IS_FREE_LOCK('dev.sluice.replica')")
                        .toString())
                .isEqualTo("[[1]]");
    }

    @Test
    void anAlterOfAFinishedTableDoesNotDisturb() throws Exception {
        try (Pair pair = pair()) {
            RunResult result;
            try (TableLock lock = TableLock.on(pair.replica(), "shop.middle")) {
                ReplicationRun run = start(pair, pair.plan());
                lock.awaitHeld();
                // The lock may have come before the first table was written; its copy needs none.
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> events.stream()
                                .anyMatch(event -> event instanceof RunEvent.TableCopied copied
                                        && copied.table().table().equals(FIRST)));
                pair.source().execute("ALTER TABLE shop.first ADD COLUMN late INT");
                lock.close();
                result = run.await();
            }

            assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(result.verification().orElseThrow().isClean()).isTrue();
            assertThat(pair.replica().query("SHOW COLUMNS FROM shop.first")).hasSize(3);
        }
    }

    @Test
    void anUndoHistoryThatGrowsTooLongWarnsAndThenEndsTheCopy() throws Exception {
        try (Pair pair = pair();
                Writing writing = Writing.on(pair.source())) {
            ReplicationPlan plan = pair.plan().snapshotLimits(SnapshotLimits.DEFAULT.history(1, 2000));
            RunResult result;
            try (TableLock lock = TableLock.on(pair.replica(), "shop.first")) {
                ReplicationRun run = start(pair, plan);
                lock.awaitHeld();
                await().atMost(Duration.ofSeconds(60)).until(() -> writing.transactions() > 3000);
                result = stopped(run, "CORE-313");
            }
            writing.stop();

            assertThat(events.stream()
                            .filter(RunEvent.Warning.class::isInstance)
                            .map(event ->
                                    ((RunEvent.Warning) event).problem().code().id()))
                    .contains("CORE-312")
                    .doesNotContain("CORE-314");
            assertThat(result.steps())
                    .filteredOn(step -> step.row() == GuideStep.LOAD)
                    .extracting(StepResult::outcome)
                    .containsExactly(StepResult.Outcome.FAILED);
            assertFree(pair.source());
        }
    }

    @Test
    void snapshotsThatGetTooOldInAPauseAreClosedAtOnce() throws Exception {
        try (Pair pair = pair()) {
            ReplicationPlan plan = pair.plan()
                    .pauseBefore(GuideStep.LOAD)
                    .snapshotLimits(SnapshotLimits.DEFAULT.age(Duration.ofMillis(1), Duration.ofSeconds(2)));
            ReplicationRun run = start(pair, plan);
            await().atMost(Duration.ofSeconds(60)).until(() -> run.status().state() == RunState.PAUSED);
            assertThat(pair.source().query("SELECT trx_id FROM information_schema.INNODB_TRX"))
                    .isNotEmpty();

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> pair.source()
                            .query("SELECT trx_id FROM information_schema.INNODB_TRX")
                            .isEmpty());
            run.proceed();

            stopped(run, "CORE-311");
            assertThat(pair.replica().query("SHOW DATABASES LIKE 'shop'")).isEmpty();
        }
    }
}
