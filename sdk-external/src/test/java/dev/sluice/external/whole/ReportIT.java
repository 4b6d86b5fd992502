// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.document.Document;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.core.Sluice;
import dev.sluice.report.RunReport;
import dev.sluice.report.RunReports;
import dev.sluice.testservers.MySqlRelease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run on real servers leaves behind for people. */
@Timeout(120)
class ReportIT {
    @TempDir
    Path folder;

    private Document report(RunResult result) throws IOException {
        return RunReport.fromJson(Files.readString(folder.resolve(result.id() + ".json")))
                .document();
    }

    private String page(RunResult result) throws IOException {
        return Files.readString(folder.resolve(result.id() + ".html"));
    }

    @Test
    void theReportIsThereWhenTheRunHasEndedAndSaysWhatTheResultSays() throws Exception {
        try (Pair pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31);
                Sluice sluice = pair.newSluice(builder -> builder.reports(RunReports.in(folder)))) {
            pair.source()
                    .execute(
                            "CREATE DATABASE shop",
                            "CREATE TABLE shop.item (id INT PRIMARY KEY, v VARCHAR(9))",
                            "INSERT INTO shop.item VALUES (1, 'a'), (2, 'b'), (3, 'c')");

            RunResult result =
                    sluice.start(sluice.compile(pair.plan().withGtid())).await();

            Document report = report(result);
            assertThat(report.document("result").number("rowsCopied")).isEqualTo(3);
            assertThat(report.document("result").number("lockMillis"))
                    .isEqualTo(result.lockHeld().toMillis());
            assertThat(titles(report)).hasSameSizeAs(result.steps()).contains("Load the snapshot into the replica");
            assertThat(report.document("verification").truth("clean")).isTrue();
            assertThat(report.document("copy").list("tables", table -> table.text("table")))
                    .contains("shop.item");
            assertThat(report.document("copy").list("tables", table -> table))
                    .allSatisfy(table -> assertThat(Instant.parse(table.text("began")))
                            .isBefore(Instant.parse(table.text("ended")))
                            .isAfter(Instant.parse(report.text("began"))));
            assertThat(report.document("plan").document("source").text("serverUuid"))
                    .isEqualTo(
                            pair.source().query("SELECT @@server_uuid").get(0).get(0));
            assertThat(report.document("preflight").texts("checks")).hasSizeGreaterThan(40);
            assertThat(page(result)).contains("succeeded", "shop.item", "everything is equal");
            assertThat(page(result) + Files.readString(folder.resolve(result.id() + ".json")))
                    .doesNotContain(pair.source().rootPassword(), pair.replica().rootPassword());
        }
    }

    private static List<String> titles(Document report) {
        return report.list("steps", step -> step.text("title"));
    }

    @Test
    void aRunThatFailedHasOneToo() throws Exception {
        try (Pair pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31);
                Sluice sluice = pair.newSluice(builder -> builder.reports(RunReports.in(folder)))) {
            pair.source().execute("CREATE DATABASE shop", "CREATE TABLE shop.item (id INT PRIMARY KEY)");
            ReplicationRun run =
                    sluice.start(sluice.compile(pair.plan().withGtid().pauseBefore(GuideStep.LOAD)));
            await().atMost(Duration.ofSeconds(60)).until(() -> run.status().state() == RunState.PAUSED);

            run.cancel();
            RunResult result = run.completion().toCompletableFuture().get(60, TimeUnit.SECONDS);

            assertThat(result.state()).isEqualTo(RunState.CANCELLED);
            assertThat(report(result).document("result").text("state")).isEqualTo("CANCELLED");
            assertThat(page(result)).contains("cancelled", "Undone");
        }
    }
}
