// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.report;

import dev.sluice.api.document.Document;
import dev.sluice.report.Html.Column;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The page of a report: its sections in the order in which somebody asks for them. Made of the document alone. One use, not thread-safe. */
final class ReportPage {
    private static final Map<String, String> POSITIONING =
            Map.of("GTID", "GTIDs", "BINLOG_POSITION", "file and position");

    private final Document report;
    private final List<Part> parts;
    private final Html html = new Html();

    ReportPage(Document report) {
        this.report = report;
        this.parts = Part.allOf(report);
    }

    String render() {
        html.verbatim("<!DOCTYPE html>\n").open("html", "lang", "en");
        head();
        html.open("body").open("main");
        title();
        figures();
        problem();
        new PartsSection(html).draw(parts);
        new StepsSection(html).draw(parts);
        new CopySection(html).draw(parts);
        verifications();
        findings();
        plan();
        return html.done();
    }

    private String name() {
        return "Run " + report.findText("run").orElse("that has not begun");
    }

    private void head() {
        html.open("head").empty("meta", "charset", "utf-8");
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.empty("meta", "name", "color-scheme", "content", "light dark");
        html.element("title", name() + ", Sluice")
                .open("style")
                .verbatim(style())
                .close();
        html.close();
    }

    private static String style() {
        try (InputStream css = ReportPage.class.getResourceAsStream("report.css")) {
            if (css == null) {
                throw new IllegalStateException("report.css is not beside its class");
            }
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Optional<Document> result() {
        return report.findDocument("result");
    }

    private void title() {
        String state = result().map(end -> end.text("state")).orElse("UNDER_WAY");
        html.open("header").element("h1", explanation().text("title"));
        html.open("p")
                .element("strong", Shown.words(state), "class", "state " + state)
                .text(" " + name());
        began().ifPresent(at -> html.text(", begun " + Shown.time(at)));
        html.close().close();
    }

    private Document explanation() {
        return report.document("plan").document("explanation");
    }

    /** Empty if none of the processes that have told something has begun the run. */
    private Optional<Instant> began() {
        return parts.stream().filter(part -> !part.isResumed()).findFirst().flatMap(Part::began);
    }

    private void section(String title, Runnable content) {
        html.open("section").element("h2", title);
        content.run();
        html.close();
    }

    private void figures() {
        html.open("dl", "class", "figures");
        result().ifPresent(end -> {
            figure(parts.size() == 1 ? "Took" : "Last part took", Shown.millis(end.number("tookMillis")));
            figure("Rows copied", Shown.count(end.number("rowsCopied")));
            figure("Row data", Shown.bytes(end.number("bytesCopied")));
            figure("Copy took", Shown.millis(end.number("copyMillis")));
            figure("Writers held up", Shown.millis(end.number("lockMillis")));
            if (end.has("lagSeconds")) {
                figure("Last lag", end.number("lagSeconds") + " s");
            }
        });
        comparing()
                .reduce((earlier, last) -> last)
                .map(part -> part.told().document("verification"))
                .ifPresent(found -> figure("Mismatches", Shown.count(found.number("mismatches"))));
        html.close();
    }

    private void figure(String name, String value) {
        html.open("div").element("dt", name).element("dd", value).close();
    }

    private void problem() {
        result().flatMap(end -> end.findDocument("problem"))
                .ifPresent(problem -> section("Why it ended", () -> {
                    html.element("p", problem.text("what"), "class", "problem");
                    html.element("p", "Remedy: " + problem.text("remedy"));
                    html.element("p", problem.text("code"), "class", "code");
                }));
        list("Still in place", "left");
        list("Undone", "undone");
    }

    private void list(String title, String key) {
        List<String> lines = result().map(end -> end.texts(key)).orElse(List.of());
        if (!lines.isEmpty()) {
            section(title, () -> bullets(lines));
        }
    }

    private void bullets(List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        html.open("ul");
        lines.forEach(line -> html.element("li", line));
        html.close();
    }

    private Stream<Part> comparing() {
        return parts.stream().filter(part -> part.told().has("verification"));
    }

    private void verifications() {
        List<Part> comparing = comparing().toList();
        if (!comparing.isEmpty()) {
            section("Verification", () -> comparing.forEach(this::verification));
        }
    }

    private void verification(Part part) {
        Document found = part.told().document("verification");
        if (!part.isOnly()) {
            html.element("h3", part.title());
        }
        html.element(
                "p",
                found.truth("clean")
                        ? Shown.count(found.number("rows")) + " rows compared, everything is equal."
                        : Shown.count(found.number("mismatches")) + " mismatches.");
        html.element("p", comparedHow(found));
        bullets(found.texts("structure"));
        tablesCompared(part.caption("Tables compared"), found.list("tables", table -> table));
    }

    private void tablesCompared(String caption, List<Document> tables) {
        if (tables.isEmpty()) {
            return;
        }
        html.beginTable(
                caption,
                Column.words("Table"),
                Column.words("Result"),
                Column.figures("Rows of the source"),
                Column.figures("Rows of the replica"),
                Column.words("What differs"));
        for (Document table : tables) {
            html.open("tr").element("th", table.text("table"), "scope", "row");
            html.element("td", Shown.words(table.text("result")), "class", table.text("result"));
            html.number(Shown.count(table.number("sourceRows")));
            html.number(Shown.count(table.number("replicaRows")));
            html.element("td", String.join("; ", table.texts("differences")));
            html.close();
        }
        html.endTable();
    }

    private static String comparedHow(Document found) {
        String took = "It took " + Shown.millis(found.number("tookMillis"));
        return found.findDocument("at")
                .map(at -> took + ", with both servers at " + Place.text(at.document("coordinates"))
                        + ". Writers could be held up for " + Shown.millis(at.number("lockMillis"))
                        + ", and the replica did not follow freely for "
                        + Shown.millis(at.number("applierStoppedMillis")) + ".")
                .orElse(took + ", while the source could be written to.");
    }

    private void findings() {
        List<Document> checks = parts.stream()
                .flatMap(part -> part.told().findDocument("preflight").stream())
                .toList();
        List<Document> findings = checks.stream()
                .flatMap(made -> made.list("findings", finding -> finding).stream())
                .toList();
        List<Document> notes =
                parts.stream().flatMap(part -> part.notes().stream()).toList();
        if (checks.isEmpty() && notes.isEmpty()) {
            return;
        }
        section("Findings", () -> {
            checks.forEach(made -> html.element("p", made(made)));
            if (!findings.isEmpty() || !notes.isEmpty()) {
                html.open("ul", "class", "findings");
                findings.forEach(finding -> finding(finding.text("level"), finding.text("evidence"), finding));
                notes.forEach(note -> finding(note.text("kind"), note.text("text"), note));
                html.close();
            }
            long more = parts.stream()
                    .mapToLong(part -> part.told().number("notesLeftOut"))
                    .sum();
            if (more > 0) {
                html.element("p", more + " more are not shown.");
            }
        });
    }

    private static String made(Document checks) {
        List<String> left = checks.texts("skipped");
        return checks.texts("checks").size() + " checks were made before the run."
                + (left.isEmpty() ? "" : " The plan leaves out: " + String.join(", ", left) + ".");
    }

    private void finding(String kind, String what, Document finding) {
        html.open("li").element("strong", Shown.words(kind)).text(" ");
        finding.findText("at").ifPresent(at -> html.text(Shown.time(Instant.parse(at)) + " "));
        html.text(what);
        finding.findText("code").ifPresent(code -> html.text(" ").element("span", code, "class", "code"));
        finding.findText("remedy")
                .ifPresent(remedy -> html.open("div").text("Remedy: " + remedy).close());
        html.close();
    }

    private void plan() {
        Document plan = report.document("plan");
        section("Plan and servers", () -> {
            html.open("dl");
            plan.findDocument("source").ifPresent(server -> figure("Source", server(server)));
            figure("Replica", server(plan.document("replica")));
            figure("Positioning", POSITIONING.getOrDefault(plan.text("positioning"), plan.text("positioning")));
            result().flatMap(end -> end.findDocument("coordinates"))
                    .ifPresent(place -> figure("The snapshot's place in the source's binary log", Place.text(place)));
            figure("Allowed by name", allowed(plan.texts("consents")));
            figure("Fingerprint of the plan", explanation().text("fingerprint"));
            Document versions = report.document("versions");
            figure(
                    "Made by",
                    "Sluice " + versions.text("sluice") + ", " + versions.text("java") + ", " + versions.text("os"));
            html.close();
        });
    }

    private static String allowed(List<String> consents) {
        return consents.isEmpty()
                ? "nothing"
                : String.join(", ", consents.stream().map(Shown::words).toList());
    }

    private static String server(Document server) {
        return server.text("address") + ", " + server.text("engine") + " " + server.text("version") + ", server_uuid "
                + server.text("serverUuid");
    }
}
