// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.document.Document;
import dev.sluice.core.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What several processes tell of one run is one report, whatever else is in the folder. */
class PartsTest {
    @TempDir
    Path folder;

    /** Of the process that began the run, and failed. */
    static Document first() {
        return Json.read(RunReportTest.JSON).with("part", "p-1").with("resumed", false);
    }

    /** Of one that went on with it, copied anew, and succeeded. */
    static Document second() {
        return Json.read(RunReportTest.JSON
                        .replace("2026-05-04T1", "2026-05-05T1")
                        .replace("\"title\": \"Load\"", "\"title\": \"Load again\"")
                        .replace("\"FAILED\"", "\"SUCCEEDED\"")
                        .replace("\"kind\": \"WARNING\"", "\"kind\": \"COPY_STARTS_OVER\""))
                .with("part", "p-2")
                .with("resumed", true);
    }

    private static Document without(Document report, String key) {
        var less = new java.util.LinkedHashMap<>(report.values());
        less.remove(key);
        return Document.of(less);
    }

    /** As a person who has driven the run to its end sees it. */
    static RunReport whole() {
        return new RunReport(second()).after(new RunReport(first()));
    }

    private Document written(String name) throws IOException {
        return RunReport.fromJson(Files.readString(folder.resolve(name + ".json")))
                .document();
    }

    private static List<String> parts(Document report) {
        return Stream.concat(report.list("earlier", part -> part.text("part")).stream(), Stream.of(report.text("part")))
                .toList();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void whatWasToldBeforeIsThereOnceHoweverOftenItIsWritten() throws IOException {
        new RunReport(first()).writeTo(folder);
        new RunReport(second()).writeTo(folder);
        new RunReport(second()).writeTo(folder);

        Document report = written("r-1");
        assertThat(parts(report)).containsExactly("p-1", "p-2");
        Document before = report.list("earlier", part -> part).get(0);
        assertThat(before.list("steps", step -> step)).isEqualTo(first().list("steps", step -> step));
        for (String kept : List.of("preflight", "copy", "result", "verification", "versions")) {
            assertThat(before.document(kept)).as(kept).isEqualTo(first().document(kept));
        }
        for (String ofTheRun : List.of("report", "run", "plan", "earlier")) {
            assertThat(before.has(ofTheRun)).as(ofTheRun).isFalse();
        }
        assertThat(report.list("steps", step -> step)).isEqualTo(second().list("steps", step -> step));
        assertThat(files()).containsExactly("r-1.html", "r-1.json");
    }

    @Test
    void aThirdProcessGoesOnFromBoth() throws IOException {
        new RunReport(first()).writeTo(folder);
        new RunReport(second()).writeTo(folder);
        new RunReport(second().with("part", "p-3")).writeTo(folder);

        assertThat(parts(written("r-1"))).containsExactly("p-1", "p-2", "p-3");
    }

    /** A handle of the first process may abandon what another one has resumed meanwhile. */
    @Test
    void theFirstLosesNothingOfTheSecond() throws IOException {
        new RunReport(first()).writeTo(folder);
        new RunReport(second()).writeTo(folder);
        new RunReport(first()).writeTo(folder);

        assertThat(parts(written("r-1"))).containsExactly("p-2", "p-1");
        assertThat(new RunReport(written("r-1")).toHtml()).doesNotContain("What was done before is not told here");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"report\": 1, \"run\": \"r-1\", \"pl",
                "{\"report\": 2, \"run\": \"r-1\"}",
                "{\"report\": 1, \"run\": \"r-1\"}",
                "[1, 2]"
            })
    void whatIsNoReportOfTheRunIsLeftAsItIs(String text) throws IOException {
        isLeftAlone(text);
    }

    @Test
    void norIsThatOfAnotherRunOrPlan() throws IOException {
        isLeftAlone(RunReportTest.JSON.replace("\"r-1\"", "\"r-2\""));
        isLeftAlone(RunReportTest.JSON.replace("abc123", "abc124"));
    }

    @Test
    void norOneThatNoPageCanShow() throws IOException {
        isLeftAlone(RunReportTest.JSON.replace("\"title\": \"Load\", ", ""));
        isLeftAlone(RunReportTest.JSON.replace("\"began\": \"2026-05-04T10:01:00Z\"", "\"began\": \"yesterday\""));
        isLeftAlone(Json.write(without(first(), "copy").with("part", "p-0")));
    }

    @Test
    void norAPageWithoutItsJson() throws IOException {
        Path page = Files.writeString(folder.resolve("r-1.html"), "mine");

        new RunReport(first()).writeTo(folder);

        assertThat(page).hasContent("mine");
        assertThat(files()).containsExactly("r-1-2.html", "r-1-2.json", "r-1.html");
    }

    private void isLeftAlone(String text) throws IOException {
        Path json = Files.writeString(folder.resolve("r-1.json"), text);
        Files.deleteIfExists(folder.resolve("r-1-2.json"));
        Files.deleteIfExists(folder.resolve("r-1-2.html"));

        String told = errors(() -> {
            ReportFile file = new ReportFile(folder);
            file.write(new RunReport(first()));
            assertThat(file.write(new RunReport(first()))).hasFileName("r-1-2.html");
        });
        new ReportFile(folder).write(new RunReport(second()));

        assertThat(json).hasContent(text);
        assertThat(files()).containsExactly("r-1-2.html", "r-1-2.json", "r-1.json");
        assertThat(parts(written("r-1-2"))).containsExactly("p-1", "p-2");
        assertThat(told.split("left as it is", -1)).as(told).hasSize(2);
    }

    private interface Writing {
        void run() throws IOException;
    }

    private static String errors(Writing writing) throws IOException {
        PrintStream before = System.err;
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
        try {
            writing.run();
        } finally {
            System.setErr(before);
        }
        return told.toString(StandardCharsets.UTF_8);
    }

    @Test
    void thePageShowsBothParts() {
        assertThat(whole().toHtml())
                .contains(
                        "Part 1 of 2: from 2026-05-04 10:00:00 UTC to 2026-05-04 10:10:00 UTC, failed (CORE-617: The servers differ)",
                        "Part 2 of 2: from 2026-05-05 10:00:00 UTC to 2026-05-05 10:10:00 UTC, succeeded")
                .contains("<summary>Load</summary>", "<summary>Load again</summary>", "id=\"step-2-1\"")
                .contains("Steps over time, part 1", "Steps over time, part 2")
                .contains("Tables copied, and dropped when the copy started over, part 1", ">Tables copied, part 2<")
                .contains("Seconds behind the source, part 1", "Seconds behind the source, part 2")
                .contains("Tables compared, part 1", "Tables compared, part 2")
                .contains("6 more are not shown", "begun 2026-05-04 10:00:00 UTC")
                .doesNotContain("What was done before is not told here", "without an end");
    }

    @Test
    void aRunOfOneProcessHasNoParts() {
        assertThat(new RunReport(first()).toHtml()).doesNotContain("Part 1", ", part 1", "Parts of the run");
    }

    @Test
    void aProcessThatWasKilledIsToldAsOne() {
        RunReport killed = new RunReport(without(first(), "result"));

        assertThat(new RunReport(second()).after(killed).toHtml())
                .contains("Part 1 of 2: from 2026-05-04 10:00:00 UTC to 2026-05-04 10:10:00 UTC, without an end:")
                .contains("<summary>Load</summary>");
        assertThat(new RunReport(without(second(), "result"))
                        .after(new RunReport(first()))
                        .toHtml())
                .contains("2026-05-05 10:10:00 UTC, under way when this was written")
                .doesNotContain("without an end");
    }

    @Test
    void nothingIsMadeUpOfAProcessThatHasLeftNoReport() {
        assertThat(new RunReport(second()).toHtml())
                .contains("What was done before is not told here", "Part 1 of 1: from 2026-05-05")
                .doesNotContain("2026-05-04", "begun 2026");
    }
}
