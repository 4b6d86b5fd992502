// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.estimate.CopyEstimate;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RunResult;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is estimated before a copy, and what the copy then does. */
@Tag("long")
@Timeout(300)
class EstimateIT {
    /** What the documentation promises of rows and bytes. */
    private static final double FACTOR = 2;

    private static final int DOUBLINGS = 17;

    /** Some tens of megabytes; the server's statistics may not have noticed yet. */
    private static void fill(MySqlServer source) {
        source.execute(
                "CREATE DATABASE shop",
                "CREATE TABLE shop.orders (id INT AUTO_INCREMENT PRIMARY KEY, n INT, v VARCHAR(300), KEY (n))",
                "CREATE TABLE shop.few (id INT PRIMARY KEY)",
                "CREATE TABLE shop.none (id INT PRIMARY KEY)",
                "INSERT INTO shop.few VALUES (1), (2), (3)",
                "INSERT INTO shop.orders (n, v) VALUES (1, REPEAT('x', 250)), (2, REPEAT('y', 250))");
        for (int i = 0; i < DOUBLINGS; i++) {
            source.execute("INSERT INTO shop.orders (n, v) SELECT n + id, v FROM shop.orders");
        }
    }

    private static List<String> state(MySqlServer server) {
        return List.of(
                server.query("SHOW DATABASES").toString(),
                server.query("SELECT @@GLOBAL.gtid_executed").toString(),
                server.query("SELECT @@GLOBAL.binlog_expire_logs_seconds").toString());
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_8_0_31", "MYSQL_9"})
    void theCopyThenTakesAboutAsMuch(MySqlRelease release) throws Exception {
        try (Pair pair = Pair.gtid(release, release)) {
            fill(pair.source());
            pair.replica().execute("SET GLOBAL local_infile = ON");
            ReplicationPlan plan = pair.plan().databases("shop").until(GuideStep.VERIFY);
            CompiledPlan compiled = pair.sluice().compile(plan);
            List<String> before = List.of(
                    state(pair.source()).toString(), state(pair.replica()).toString());

            CopyEstimate estimate = pair.sluice().estimate(compiled);

            assertThat(List.of(
                            state(pair.source()).toString(),
                            state(pair.replica()).toString()))
                    .isEqualTo(before);
            assertThat(estimate.probe().writtenBytesPerSecond()).isPresent();
            assertThat(estimate.probe().bytes()).isBetween(1L, 16L << 20);
            RunResult result = pair.run(plan);
            String all = estimate + "\ncopied " + result.rowsCopied() + " rows, " + result.bytesCopied() + " bytes in "
                    + result.copyTook();
            within(estimate.rows(), result.rowsCopied(), FACTOR, all);
            within(estimate.bytes(), result.bytesCopied(), FACTOR, all);
            within(estimate.copyTime().toMillis(), result.copyTook().toMillis(), CopyEstimate.TIME_FACTOR, all);
        }
    }

    private static void within(long estimated, long actual, double factor, String all) {
        assertThat((double) estimated).as(all).isBetween(actual / factor, actual * factor);
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void aRetentionThatIsTooShortIsWarnedOfAndThenSet(MySqlRelease release) throws Exception {
        try (Pair pair = Pair.position(release, release)) {
            pair.source()
                    .execute(
                            "CREATE DATABASE shop",
                            "CREATE TABLE shop.t (id INT PRIMARY KEY)",
                            "INSERT INTO shop.t VALUES (1), (2)");
            boolean inDays = release == MySqlRelease.MYSQL_5_7;
            pair.source()
                    .execute(
                            inDays
                                    ? "SET GLOBAL expire_logs_days = 0"
                                    : "SET GLOBAL binlog_expire_logs_seconds = 3600");
            ReplicationPlan plan = pair.plan().databases("shop");

            CopyEstimate estimate = pair.sluice().estimate(pair.sluice().compile(plan));

            assertThat(estimate.rows()).isEqualTo(2);
            assertThat(estimate.neededRetention()).isEqualTo(Duration.ofHours(24));
            if (inDays) {
                assertThat(estimate.sourceRetention()).isEmpty();
                assertThat(estimate.warnings()).isEmpty();
                return;
            }
            assertThat(estimate.sourceRetention()).contains(Duration.ofHours(1));
            assertThat(estimate.warnings())
                    .extracting(warning -> warning.code().id())
                    .containsExactly("CORE-787");
            CompiledPlan retained = pair.sluice().compile(estimate.retaining(plan));
            assertThat(retained.explain().text()).contains("binlog_expire_logs_seconds = 86400");
            assertThat(pair.sluice().estimate(retained).warnings()).isEmpty();
            assertThat(estimate.retaining(plan.retainBinlogs(Duration.ofHours(100)))
                            .binlogRetention())
                    .contains(Duration.ofHours(100));
            pair.sluice().start(retained).await();
        }
    }
}
