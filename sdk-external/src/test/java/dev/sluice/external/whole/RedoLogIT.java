// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.error.RunStoppedException;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.Secret;
import dev.sluice.external.ExternalMySql;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The replica's redo log through whole runs: off only where it may be, and on again however they end. */
@Tag("long")
@Timeout(240)
class RedoLogIT {
    private static Pair pair() {
        Pair pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31);
        pair.source()
                .execute(
                        "CREATE DATABASE shop",
                        "CREATE TABLE shop.t (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(500))",
                        "INSERT INTO shop.t (v) VALUES (REPEAT('x', 500)), (REPEAT('y', 500))");
        for (int i = 0; i < 12; i++) {
            pair.source().execute("INSERT INTO shop.t (v) SELECT v FROM shop.t");
        }
        return pair;
    }

    private static String state(MySqlServer server) {
        return server.query("SHOW GLOBAL STATUS LIKE 'Innodb_redo_log_enabled'")
                .get(0)
                .get(1);
    }

    private static ReplicationRun start(Pair pair, ReplicationPlan plan) {
        return pair.sluice().start(pair.sluice().compile(plan));
    }

    /** Keeps the copy from its end: somebody has locked its table. */
    private static TableLock lock(Pair pair) throws Exception {
        return TableLock.on(pair.replica(), "shop.t");
    }

    @Test
    void itIsOffForTheLoadAndOnAgainAfterIt() throws Exception {
        try (Pair pair = pair()) {
            ReplicationRun run;
            try (TableLock lock = lock(pair)) {
                run = start(pair, pair.plan().allowRedoLogOff());
                lock.awaitHeld();
                assertThat(state(pair.replica())).isEqualTo("OFF");
            }
            RunResult result = run.await();

            assertThat(result.left()).isEmpty();
            assertThat(result.verification().orElseThrow().isClean()).isTrue();
            assertThat(state(pair.replica())).isEqualTo("ON");
        }
    }

    @Test
    void withoutTheConsentItStaysOn() throws Exception {
        try (Pair pair = pair()) {
            ReplicationRun run;
            try (TableLock lock = lock(pair)) {
                run = start(pair, pair.plan());
                lock.awaitHeld();
                assertThat(state(pair.replica())).isEqualTo("ON");
            }
            assertThat(run.await().state()).isEqualTo(RunState.SUCCEEDED);
        }
    }

    @Test
    void whereTheUserMayNotTheRunWarnsAndGoesOnWithout() throws Exception {
        try (Pair pair = pair()) {
            pair.replica()
                    .execute(
                            "CREATE USER 'loader'@'127.0.0.1' IDENTIFIED BY '"
                                    + pair.replica().rootPassword() + "'",
                            "GRANT ALL ON *.* TO 'loader'@'127.0.0.1'",
                            "REVOKE INNODB_REDO_LOG_ENABLE ON *.* FROM 'loader'@'127.0.0.1'");
            ReplicationPlan plan = ReplicationPlan.from(pair.sourceEndpoint())
                    .to(ExternalMySql.at(pair.replica().host(), pair.replica().port())
                            .credentials("loader", Secret.named("replica")))
                    .allowRedoLogOff();
            assertThat(pair.sluice().preflight(pair.sluice().compile(plan)).findings())
                    .filteredOn(finding -> finding.check().equals("redo-log-stays-on"))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.level()).isEqualTo(Finding.Level.WARNING);
                        assertThat(finding.problem().what()).contains("INNODB_REDO_LOG_ENABLE");
                    });

            ReplicationRun run;
            try (TableLock lock = lock(pair)) {
                run = start(pair, plan);
                lock.awaitHeld();
                assertThat(state(pair.replica())).isEqualTo("ON");
            }
            assertThat(run.await().state()).isEqualTo(RunState.SUCCEEDED);
        }
    }

    @Test
    void aReplicaThatHoldsSomethingElseKeepsIt() throws Exception {
        try (Pair pair = pair()) {
            pair.replica().execute("CREATE DATABASE mine", "CREATE TABLE mine.t (id INT PRIMARY KEY)");
            ReplicationRun run;
            try (TableLock lock = lock(pair)) {
                run = start(pair, pair.plan().databases("shop").allowRedoLogOff());
                lock.awaitHeld();
                assertThat(state(pair.replica())).isEqualTo("ON");
            }
            assertThat(run.await().state()).isEqualTo(RunState.SUCCEEDED);
        }
    }

    @Test
    void itIsOnAgainAfterAFailure() throws Exception {
        try (Pair pair = pair()) {
            ReplicationRun run;
            try (TableLock lock = lock(pair)) {
                run = start(pair, pair.plan().allowRedoLogOff());
                lock.awaitHeld();
                assertThat(state(pair.replica())).isEqualTo("OFF");
                killWriters(pair.replica(), run);
            }
            assertThatThrownBy(run::await).isInstanceOf(RunStoppedException.class);
            RunResult result = run.completion().toCompletableFuture().get(10, TimeUnit.SECONDS);

            assertThat(result.state()).isEqualTo(RunState.FAILED);
            assertThat(result.undone()).containsExactly("switch the replica's redo log on");
            assertThat(state(pair.replica())).isEqualTo("ON");
        }
    }

    /** Those that wait for the table. */
    private static void killWriters(MySqlServer replica, ReplicationRun run) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    replica.query("SELECT ID FROM information_schema.PROCESSLIST WHERE STATE LIKE 'Waiting for table%'")
                            .forEach(row -> replica.execute("KILL " + row.get(0)));
                    return run.completion().toCompletableFuture().isDone();
                });
    }

    @Test
    void itIsOnAgainAfterACancel() throws Exception {
        try (Pair pair = pair()) {
            ReplicationRun run;
            try (TableLock lock = lock(pair)) {
                run = start(pair, pair.plan().allowRedoLogOff());
                lock.awaitHeld();
                assertThat(state(pair.replica())).isEqualTo("OFF");
                run.cancel();
            }
            assertThatThrownBy(run::await).isInstanceOf(RunStoppedException.class);

            assertThat(run.completion()
                            .toCompletableFuture()
                            .get(10, TimeUnit.SECONDS)
                            .left())
                    .isEmpty();
            assertThat(state(pair.replica())).isEqualTo("ON");
            assertThat(pair.replica().query("SHOW DATABASES LIKE 'shop'")).isEmpty();
        }
    }
}
