// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportTest {
    /** With texts of people who wish the reader ill. */
    static final String JSON = """
            {"report": 1, "run": "r-1", "began": "2026-05-04T10:00:00Z", "ended": "2026-05-04T10:10:00Z",
             "plan": {"positioning": "GTID", "consents": ["PLAIN_TEXT"],
              "source": {"engine": "external-mysql", "address": "db1:3306", "version": "8.0.36", "serverUuid": "u-1", "serverId": 1, "tlsOffered": true},
              "replica": {"engine": "external-mysql", "address": "db2:3306", "version": "8.4.1", "serverUuid": "u-2", "serverId": 2, "tlsOffered": true},
              "explanation": {"title": "From <db1> to \\"db2\\"", "facts": [], "fingerprint": "abc123", "steps": []}},
             "steps": [
              {"key": "core/load-snapshot@1", "row": "LOAD", "title": "Load", "began": "2026-05-04T10:01:00Z", "ended": "2026-05-04T10:06:00Z",
               "outcome": "DONE", "evidence": "as it should be", "tookMillis": 300000, "operations": [
                {"id": "copy", "target": "REPLICA", "purpose": "copy", "change": "CHANGES", "preview": ["LOAD DATA </pre><script>alert(1)</script>"],
                 "ended": "2026-05-04T10:06:00Z", "tookMillis": 299000}]},
              {"key": "core/await@1", "row": "CATCH_UP", "title": "Catch up", "began": "2026-05-04T10:06:00Z", "operations": []}],
             "copy": {"tables": [{"table": "shop.`<b>`", "rows": 1234567, "bytes": 7654321, "began": "2026-05-04T10:04:00Z", "ended": "2026-05-04T10:06:00Z"},
               {"table": "shop.b", "rows": 1, "bytes": 1, "ended": "2026-05-04T10:06:00Z"}],
              "throughput": [
               {"at": "2026-05-04T10:01:00Z", "rows": 0, "bytes": 0, "rowsPerSecond": 0, "bytesPerSecond": 0},
               {"at": "2026-05-04T10:03:00Z", "rows": 9, "bytes": 9, "rowsPerSecond": 5, "bytesPerSecond": 25000000}],
              "locks": [{"at": "2026-05-04T10:01:00Z", "heldMillis": 41}]},
             "lag": [{"at": "2026-05-04T10:06:00Z", "state": "connecting"}, {"at": "2026-05-04T10:07:00Z", "state": "runs", "seconds": 37},
              {"at": "2026-05-04T10:08:00Z", "state": "runs", "seconds": 0}],
             "notes": [{"at": "2026-05-04T10:02:00Z", "kind": "WARNING", "text": "a <warning> & more", "code": "CORE-122", "remedy": "none"}],
             "notesLeftOut": 3,
             "versions": {"sluice": "1", "java": "17", "os": "Linux"},
             "preflight": {"passed": true, "checks": ["a", "b", "c"], "skipped": ["clock-skew"], "findings": []},
             "result": {"state": "FAILED", "tookMillis": 600000, "rowsCopied": 1234567, "bytesCopied": 7654321, "copyMillis": 299000, "lockMillis": 41,
              "coordinates": {"serverUuid": "u-1", "channel": "", "file": "binlog.000007", "position": 4711, "gtids": "u-1:1-99", "takenAt": "2026-05-04T10:01:00Z", "method": "m"},
              "undone": [], "left": ["the account 'sluice_repl'"], "lagSeconds": 0,
              "problem": {"code": "CORE-617", "what": "The servers differ", "remedy": "Look"}},
             "verification": {"clean": false, "mismatches": 2, "rows": 1234567, "tookMillis": 61000,
              "at": {"coordinates": {"file": "binlog.000009", "position": 815}, "lockMillis": 52, "applierStoppedMillis": 63000}, "structure": ["view v"], "tables": [
              {"table": "shop.`<b>`", "result": "DIFFERENT", "sourceRows": 1234567, "replicaRows": 1234566, "parts": 3, "looks": 1, "differences": ["row id=7 is missing"]}]}}
            """;

    private static final Pattern TAG = Pattern.compile("<(/?)([a-zA-Z0-9]+)([^>]*)>");
    private static final Set<String> WITHOUT_END = Set.of("meta");

    private final String page = RunReport.fromJson(JSON).toHtml();

    @Test
    void thePageShowsTheNumbersOfItsJson() {
        assertThat(page)
                .contains(
                        "1,234,567",
                        "7.7 MB",
                        "41 ms",
                        "10 min 0 s",
                        "25.0 MB/s",
                        "37 s",
                        "2 min 0 s",
                        "63.8 KB/s",
                        "CORE-617",
                        "CORE-122")
                .contains("db1:3306", "db2:3306", "abc123", "plain text", "row id=7 is missing", "view v")
                .contains(
                        "binlog.000007, position 4711, GTIDs u-1:1-99",
                        "binlog.000009, position 815",
                        "52 ms",
                        "1 min 3 s")
                .contains("3 checks were made before the run. The plan leaves out: clock-skew.", "1 min 1 s")
                .contains("3 more are not shown", "the account &#39;sluice_repl&#39;");
    }

    @Test
    void noTextOfAServerIsMarkup() {
        assertThat(page)
                .doesNotContain("<script", "<b>", "<warning>", "<db1>")
                .contains(
                        "&lt;/pre&gt;&lt;script&gt;",
                        "a &lt;warning&gt; &amp; more",
                        "From &lt;db1&gt; to &quot;db2&quot;");
    }

    @Test
    void whatIsBegunIsEnded() {
        Deque<String> open = new ArrayDeque<>();
        Matcher tags = TAG.matcher(page.substring(page.indexOf('\n')));
        while (tags.find()) {
            String name = tags.group(2);
            if (!tags.group(1).isEmpty()) {
                assertThat(open.pop()).isEqualTo(name);
            } else if (!WITHOUT_END.contains(name) && !tags.group(3).endsWith("/")) {
                open.push(name);
            }
        }
        assertThat(open).isEmpty();
    }

    /** A step by its name in the table, and what was done in it further down. */
    @Test
    void eachRowLeadsToWhatWasDone() {
        String both = PartsTest.whole().toHtml();
        List<String> rows = found("<a href=\"#([^\"]*)\">", both);

        assertThat(rows)
                .containsExactly("step-1-1", "step-1-2", "step-2-1", "step-2-2")
                .isEqualTo(found("<details id=\"([^\"]*)\"", both));
    }

    private static List<String> found(String pattern, String page) {
        return Pattern.compile(pattern)
                .matcher(page)
                .results()
                .map(hit -> hit.group(1))
                .toList();
    }

    @Test
    void whatFailedIsOpenByItself() {
        assertThat(page).contains("<details id=\"step-1-1\"><summary>Load<").doesNotContain(" open=");

        String failed = RunReport.fromJson(JSON.replace("\"outcome\": \"DONE\"", "\"outcome\": \"FAILED\""))
                .toHtml();

        assertThat(failed)
                .contains("<details id=\"step-1-1\" open=\"\"><summary>Load<", "<details id=\"step-1-2\"><summary>");
    }

    @Test
    void itNeedsNothingFromAnywhere() {
        assertThat(page).doesNotContain("http:", "https:", "src=", "@import", "url(");
    }

    @Test
    void whoDoesNotSeeItIsToldAsMuch() {
        assertThat(page).startsWith("<!DOCTYPE html>").contains("<html lang=\"en\">", "<title>Run r-1, Sluice</title>");
        assertThat(count("<svg ")).isEqualTo(2).isEqualTo(count("role=\"img\" aria-label="));
        assertThat(count("<table>")).isEqualTo(count("<caption>")).isPositive();
        assertThat(count("<th>")).isZero();
        assertThat(count("<h1>")).isEqualTo(1);
    }

    private int count(String text) {
        return page.split(Pattern.quote(text), -1).length - 1;
    }

    @Test
    void aRunThatGoesOnHasAPageToo() {
        String early = """
                {"report": 1, "plan": {"positioning": "GTID", "consents": [], "replica": {"engine": "e", "address": "a", "version": "8.0.1",
                 "serverUuid": "u", "serverId": 1, "tlsOffered": true}, "explanation": {"title": "T", "facts": [], "fingerprint": "f", "steps": []}},
                 "steps": [], "copy": {"tables": [], "throughput": [], "locks": []}, "lag": [], "notes": [], "notesLeftOut": 0,
                 "versions": {"sluice": "1", "java": "17", "os": "Linux"}}
                """;

        assertThat(RunReport.fromJson(early).toHtml()).contains("under way");
    }

    @Test
    void bothAreWrittenForTheirOwnerOnlyAndReplaceEarlierOnes(@TempDir Path folder) throws IOException {
        RunReport report = RunReport.fromJson(JSON);
        Path there = folder.resolve("not/there/yet");

        report.writeTo(there);
        Path written = report.writeTo(there);

        try (var files = Files.list(there)) {
            List<Path> all = files.sorted().toList();
            assertThat(all).containsExactly(there.resolve("r-1.html"), there.resolve("r-1.json"));
            for (Path file : all) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
        }
        assertThat(written).hasContent(page.stripTrailing());
        assertThat(RunReport.fromJson(Files.readString(there.resolve("r-1.json")))
                        .document())
                .isEqualTo(report.document().withAll("earlier", List.of()));
    }

    @Test
    void somethingElseIsNoReport() {
        assertThatThrownBy(() -> RunReport.fromJson("{}")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RunReport.fromJson("{\"report\": 2}")).hasMessageContaining("version 1");
    }
}
