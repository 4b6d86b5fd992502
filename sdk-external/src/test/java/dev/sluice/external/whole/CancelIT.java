// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.RunStoppedException;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.testservers.MySqlRelease;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cancel in the middle of the copy. */
@Timeout(180)
class CancelIT {
    @Test
    void givesControlBackAndLeavesNothingBehind() throws Exception {
        try (Pair pair = Pair.of(
                MySqlRelease.MYSQL_8_0_31,
                options -> options.setting("binlog_expire_logs_seconds", "86400"),
                MySqlRelease.MYSQL_8_0_31,
                options -> options)) {
            fillShop(pair);
            ReplicationRun run = startAndAwaitCopying(pair);

            long began = System.nanoTime();
            run.cancel();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
            assertThatThrownBy(run::await).isInstanceOf(RunStoppedException.class);

            RunResult result = run.completion().toCompletableFuture().get(1, TimeUnit.SECONDS);
            assertThat(result.state()).isEqualTo(RunState.CANCELLED);
            assertThat(result.left()).isEmpty();
            assertThat(pair.replica().query("SHOW DATABASES LIKE 'shop'")).isEmpty();
            assertThat(pair.source().query("SELECT user FROM mysql.user WHERE user LIKE 'sluice%'"))
                    .isEmpty();
            assertThat(pair.source()
                            .query("SELECT @@GLOBAL.binlog_expire_logs_seconds")
                            .toString())
                    .isEqualTo("[[86400]]");
            assertThat(pair.replica().query("SELECT @@GLOBAL.super_read_only").toString())
                    .isEqualTo("[[0]]");
        }
    }

    @Test
    void aDatabaseThatHoldsSomethingOfSomebodyElseStays() throws Exception {
        try (Pair pair = Pair.position(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
            fillShop(pair);
            ReplicationRun run = startAndAwaitCopying(pair);
            pair.replica()
                    .execute(
                            "CREATE TABLE shop.somebodys (id INT PRIMARY KEY)",
                            "INSERT INTO shop.somebodys VALUES (1)");

            run.cancel();

            assertThatThrownBy(run::await).isInstanceOf(RunStoppedException.class);
            RunResult result = run.completion().toCompletableFuture().get(1, TimeUnit.SECONDS);
            assertThat(result.left())
                    .singleElement()
                    .asString()
                    .contains("the database shop")
                    .contains("somebodys");
            assertThat(pair.replica().query("SHOW TABLES IN shop").toString()).isEqualTo("[[somebodys]]");
            assertThat(pair.replica().query("SELECT id FROM shop.somebodys").toString())
                    .isEqualTo("[[1]]");
        }
    }

    private static void fillShop(Pair pair) {
        pair.source()
                .execute(
                        "CREATE DATABASE shop",
                        "CREATE TABLE shop.t (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(500))",
                        "INSERT INTO shop.t (v) VALUES (REPEAT('x', 500)), (REPEAT('y', 500))");
        for (int i = 0; i < 15; i++) {
            pair.source().execute("INSERT INTO shop.t (v) SELECT v FROM shop.t");
        }
    }

    private static ReplicationRun startAndAwaitCopying(Pair pair) throws InterruptedException {
        CountDownLatch copying = new CountDownLatch(1);
        ReplicationRun run = pair.sluice()
                .start(pair.sluice().compile(pair.plan().retainBinlogs(Duration.ofHours(48))), event -> {
                    if (event instanceof RunEvent.Progress) {
                        copying.countDown();
                    }
                });
        assertThat(copying.await(60, TimeUnit.SECONDS)).isTrue();
        return run;
    }

    @Test
    void aSecondRunOnTheSameReplicaIsRefused() throws Exception {
        try (Pair pair = Pair.position(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
            pair.source().execute("CREATE DATABASE shop", "CREATE TABLE shop.t (id INT PRIMARY KEY)");
            var compiled = pair.sluice().compile(pair.plan().pauseBefore(dev.sluice.api.plan.GuideStep.ENABLE_BINLOG));
            ReplicationRun first = pair.sluice().start(compiled);
            org.awaitility.Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> first.status().state() == RunState.PAUSED);

            assertThatThrownBy(() -> pair.sluice().start(compiled).await()).hasMessageContaining("CORE-614");

            first.cancel();
            assertThatThrownBy(first::await).isInstanceOf(RunStoppedException.class);
        }
    }
}
