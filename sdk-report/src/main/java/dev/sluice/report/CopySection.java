// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.report;

import dev.sluice.api.document.Document;
import dev.sluice.report.Html.Column;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.DoubleFunction;

/** What was copied and how fast, and how far the replica was behind, in each part on its own time. */
final class CopySection {
    private final Html html;

    CopySection(Html html) {
        this.html = html;
    }

    void draw(List<Part> parts) {
        List<Part> copying = parts.stream().filter(CopySection::hasCopied).toList();
        if (!copying.isEmpty()) {
            html.open("section").element("h2", "Copy");
            copying.forEach(part -> copy(part, isDropped(part, parts)));
            html.close();
        }
        List<Part> waiting = parts.stream().filter(part -> lag(part).size() > 1).toList();
        if (!waiting.isEmpty()) {
            html.open("section").element("h2", "Lag while the run waited");
            waiting.forEach(part ->
                    chart(part.caption("Seconds behind the source"), value -> Math.round(value) + " s", lag(part)));
            html.close();
        }
    }

    private static boolean hasCopied(Part part) {
        return !tables(part).isEmpty() || rate(part).size() > 1;
    }

    private static boolean isDropped(Part part, List<Part> parts) {
        return parts.stream().skip(part.number()).anyMatch(Part::copyStartedOver);
    }

    private void copy(Part part, boolean isDropped) {
        chart(part.caption("Row data a second"), value -> Shown.bytes(Math.round(value)) + "/s", rate(part));
        List<Document> tables = tables(part);
        if (!tables.isEmpty()) {
            String caption = isDropped ? "Tables copied, and dropped when the copy started over" : "Tables copied";
            table(part.caption(caption), tables);
        }
    }

    private void table(String caption, List<Document> tables) {
        html.beginTable(
                caption,
                Column.words("Table"),
                Column.figures("Rows"),
                Column.figures("Row data"),
                Column.figures("Took"),
                Column.figures("Rate"));
        for (Document table : tables) {
            html.open("tr").element("th", table.text("table"), "scope", "row");
            html.number(Shown.count(table.number("rows")));
            html.number(Shown.bytes(table.number("bytes")));
            OptionalLong took = tookMillis(table);
            html.number(took.isPresent() ? Shown.millis(took.getAsLong()) : "");
            html.number(rate(table.number("bytes"), took.orElse(0)));
            html.close();
        }
        html.endTable();
    }

    private static OptionalLong tookMillis(Document table) {
        return table.findText("began").map(Instant::parse).stream()
                .mapToLong(began -> Duration.between(began, Instant.parse(table.text("ended")))
                        .toMillis())
                .findFirst();
    }

    /** Nothing of a time that is too short to measure. */
    private static String rate(long bytes, long millis) {
        return millis <= 0 ? "" : Shown.bytes(Math.round(bytes * 1000.0 / millis)) + "/s";
    }

    private void chart(String caption, DoubleFunction<String> unit, List<LineChart.Point> points) {
        if (points.size() > 1) {
            new LineChart(caption, unit, points).draw(html);
        }
    }

    private static List<Document> tables(Part part) {
        return part.told().document("copy").list("tables", table -> table);
    }

    private static List<LineChart.Point> rate(Part part) {
        return part.told().document("copy").list("throughput", sample -> point(sample, "bytesPerSecond"));
    }

    private static List<LineChart.Point> lag(Part part) {
        return part.told().list("lag", sample -> point(sample, "seconds"));
    }

    private static LineChart.Point point(Document sample, String key) {
        return new LineChart.Point(
                Instant.parse(sample.text("at")),
                sample.has(key) ? OptionalDouble.of((double) sample.number(key)) : OptionalDouble.empty());
    }
}
