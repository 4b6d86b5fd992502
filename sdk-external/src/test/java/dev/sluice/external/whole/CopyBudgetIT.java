// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.Secret;
import dev.sluice.core.copy.CopyBudget;
import dev.sluice.core.copy.LiveBudget;
import dev.sluice.external.ExternalMySql;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.ServerOptions;
import dev.sluice.testservers.SharedServers;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What makes the copy of a whole run pause, seen in its events, and who keeps the load in the replica's binary log. */
@Tag("long")
@Timeout(240)
class CopyBudgetIT {
    private final List<RunEvent> events = new CopyOnWriteArrayList<>();

    private static void fill(MySqlServer source) {
        source.execute(
                "CREATE DATABASE shop",
                "CREATE TABLE shop.t (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(500))",
                "INSERT INTO shop.t (v) VALUES (REPEAT('x', 500)), (REPEAT('y', 500))");
        for (int i = 0; i < 12; i++) {
            source.execute("INSERT INTO shop.t (v) SELECT v FROM shop.t");
        }
    }

    private ReplicationRun start(Pair pair) {
        return pair.sluice().start(pair.sluice().compile(pair.plan()), events::add);
    }

    private void awaitPause(String reason) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> events.stream()
                        .anyMatch(event -> event instanceof RunEvent.CopyPaused paused
                                && paused.reason().contains(reason)));
    }

    private static void assertSucceeds(ReplicationRun run) throws Exception {
        var result = run.await(Duration.ofSeconds(120));
        assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(result.verification().orElseThrow().isClean()).isTrue();
    }

    private static long rows(MySqlServer replica) {
        return Long.parseLong(
                replica.query("SELECT COUNT(*) FROM shop.t").get(0).get(0));
    }

    @Test
    void loadOnTheSourcePausesTheCopyUntilItIsOver() throws Exception {
        LiveBudget budget = LiveBudget.of(CopyBudget.atMost(2, 2).sourceThreadsRunning(6));
        try (Pair pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)
                .with(builder -> builder.copyBudget(budget))) {
            fill(pair.source());
            List<Connection> busy = sleepers(pair.source(), 8);
            ReplicationRun run;
            try {
                run = start(pair);
                awaitPause("6 threads");
                Thread.sleep(1500);
                assertThat(rows(pair.replica())).isZero();
            } finally {
                for (Connection one : busy) {
                    one.abort(Runnable::run);
                }
            }
            endSleepers(pair.source());

            assertSucceeds(run);
            assertThat(events).hasAtLeastOneElementOfType(RunEvent.CopyWentOn.class);
            assertThat(events)
                    .filteredOn(RunEvent.CopyPaceChanged.class::isInstance)
                    .first()
                    .satisfies(event -> {
                        RunEvent.CopyPaceChanged pace = (RunEvent.CopyPaceChanged) event;
                        assertThat(pace.readers()).isEqualTo(2);
                        assertThat(pace.writers()).isEqualTo(2);
                        assertThat(pace.bytesPerSecond()).isEmpty();
                    });
        }
    }

    private static List<Connection> sleepers(MySqlServer server, int count) throws Exception {
        List<Connection> busy = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Connection one = server.connect();
            busy.add(one);
            Thread thread = new Thread(() -> {
                try (Statement statement = one.createStatement()) {
                    statement.execute("SELECT SLEEP(200)");
                } catch (java.sql.SQLException ended) {
                    // The test has cut it off.
                }
            });
            thread.setDaemon(true);
            thread.start();
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> sleeping(server).size() == count);
        return busy;
    }

    private static List<List<String>> sleeping(MySqlServer server) {
        return server.query("SELECT ID FROM information_schema.PROCESSLIST WHERE INFO = 'SELECT SLEEP(200)'");
    }

    private static void endSleepers(MySqlServer server) {
        sleeping(server).forEach(row -> server.execute("KILL " + row.get(0)));
    }

    @Test
    void aReplicaOfTheSourceThatFallsBehindPausesTheCopy() throws Exception {
        try (SharedServers.Loan other =
                SharedServers.ofThisJvm().borrow(MySqlRelease.MYSQL_8_0_31, ServerOptions::gtid)) {
            ExternalMySql endpoint = ExternalMySql.at(
                            other.server().host(), other.server().port())
                    .credentials("looker", Secret.named("wrong"));
            LiveBudget budget = LiveBudget.of(CopyBudget.atMost(2, 2).lagOf(endpoint, Duration.ofSeconds(2)));
            try (Pair pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)
                    .with(builder -> builder.copyBudget(budget))) {
                fill(pair.source());
                follow(other.server(), pair.source());
                other.server()
                        .execute(
                                "STOP REPLICA SQL_THREAD",
                                "CREATE USER 'looker'@'127.0.0.1' IDENTIFIED BY 'not-it'",
                                "GRANT REPLICATION CLIENT ON *.* TO 'looker'@'127.0.0.1'");
                ReplicationRun run = start(pair);
                awaitPause("replication does not run");
                assertThat(rows(pair.replica())).isZero();

                other.server().execute("START REPLICA SQL_THREAD");

                assertSucceeds(run);
                assertThat(events).hasAtLeastOneElementOfType(RunEvent.CopyWentOn.class);
            }
        }
    }

    private static void follow(MySqlServer replica, MySqlServer source) {
        replica.execute(
                "CHANGE REPLICATION SOURCE TO SOURCE_HOST = '" + source.host() + "', SOURCE_PORT = " + source.port()
                        + ", SOURCE_USER = '" + source.rootUser() + "', SOURCE_PASSWORD = '" + source.rootPassword()
                        + "', SOURCE_AUTO_POSITION = 1, SOURCE_SSL = 1",
                "START REPLICA");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> replica.query("SELECT SERVICE_STATE FROM performance_schema.replication_connection_status")
                        .toString()
                        .equals("[[ON]]"));
    }

    @Test
    void theApplicationPausesAndLimitsWhileTheRunGoesOn() throws Exception {
        AtomicReference<Optional<String>> reason = new AtomicReference<>(Optional.of("maintenance"));
        LiveBudget budget = LiveBudget.of(CopyBudget.fixed(1, 1).bytesPerSecond(100_000));
        try (Pair pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)
                .with(builder -> builder.copyBudget(budget).copyThrottle(reason::get))) {
            fill(pair.source());
            ReplicationRun run = start(pair);
            awaitPause("maintenance");
            reason.set(Optional.empty());
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> events.stream().anyMatch(RunEvent.CopyWentOn.class::isInstance));
            Thread.sleep(2000);
            assertThat(run.status().state()).as("4 MB at 100 kB/s").isEqualTo(RunState.RUNNING);

            budget.change(CopyBudget.fixed(1, 2));

            assertSucceeds(run);
            assertThat(events)
                    .filteredOn(RunEvent.CopyPaceChanged.class::isInstance)
                    .extracting(event -> ((RunEvent.CopyPaceChanged) event).bytesPerSecond())
                    .contains(Optional.of(100_000L), Optional.empty());
        }
    }

    @Test
    void aPauseEndsWithACancel() throws Exception {
        try (Pair pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)
                .with(builder -> builder.copyThrottle(() -> Optional.of("for ever")))) {
            fill(pair.source());
            ReplicationRun run = start(pair);
            awaitPause("for ever");

            long began = System.nanoTime();
            run.cancel();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));

            assertThat(run.completion()
                            .toCompletableFuture()
                            .get(30, TimeUnit.SECONDS)
                            .state())
                    .isEqualTo(RunState.CANCELLED);
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().startsWith("sluice-copy-")
                            || thread.getName().startsWith("sluice-reader-"));
        }
    }

    /** It is not there when the plan is compiled; what the load leaves out of the log would never reach it. */
    @Test
    void aReplicaThatHangsOffTheReplicaGetsTheLoad() throws Exception {
        try (SharedServers.Loan chained =
                        SharedServers.ofThisJvm().borrow(MySqlRelease.MYSQL_8_0_31, ServerOptions::gtid);
                Pair pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
            fill(pair.source());
            ReplicationRun run = pair.sluice()
                    .start(
                            pair.sluice()
                                    .compile(pair.plan()
                                            .pauseBefore(GuideStep.SNAPSHOT)
                                            .until(GuideStep.LOAD)),
                            events::add);
            await().atMost(Duration.ofSeconds(60)).until(() -> run.status().state() == RunState.PAUSED);
            follow(chained.server(), pair.replica());
            run.proceed();

            assertThat(run.await(Duration.ofSeconds(120)).state()).isEqualTo(RunState.SUCCEEDED);

            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> rows(chained.server()) == rows(pair.source()));
        }
    }
}
