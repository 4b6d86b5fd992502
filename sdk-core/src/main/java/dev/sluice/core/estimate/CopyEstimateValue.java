// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.estimate;

import dev.sluice.api.document.Document;
import dev.sluice.api.error.Problem;
import dev.sluice.api.estimate.CopyEstimate;
import dev.sluice.api.estimate.CopyProbe;
import dev.sluice.api.estimate.TableEstimate;
import dev.sluice.core.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An estimate as data, with its two other forms. */
record CopyEstimateValue(
        String fingerprint,
        Instant takenAt,
        List<TableEstimate> tables,
        CopyProbe probe,
        Duration copyTime,
        Duration neededRetention,
        @Nullable Duration sourceRetentionOrNull,
        List<Problem> warnings,
        List<String> notes)
        implements CopyEstimate {
    private static final int SHOWN = 10;
    private static final double MIB = 1 << 20;

    CopyEstimateValue {
        tables = List.copyOf(tables);
        warnings = List.copyOf(warnings);
        notes = List.copyOf(notes);
    }

    @Override
    public long rows() {
        return tables.stream().mapToLong(TableEstimate::rows).sum();
    }

    @Override
    public long bytes() {
        return tables.stream().mapToLong(TableEstimate::bytes).sum();
    }

    @Override
    public Duration copyTimeAtMost() {
        return copyTime.multipliedBy(TIME_FACTOR);
    }

    @Override
    public Optional<Duration> sourceRetention() {
        return Optional.ofNullable(sourceRetentionOrNull);
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder();
        line(text, tables.size() + " tables, about " + rows() + " rows, " + mebibytes(bytes()));
        line(text, "Copy: about " + seconds(copyTime) + ", " + seconds(copyTimeAtMost()) + " at most");
        line(
                text,
                "Probe: " + probe.rows() + " rows, " + mebibytes(probe.bytes()) + ", read at "
                        + mebibytes(probe.readBytesPerSecond()) + "/s"
                        + (probe.writtenBytesPerSecond().isPresent()
                                ? ", written at "
                                        + mebibytes(
                                                probe.writtenBytesPerSecond().getAsLong()) + "/s"
                                : ""));
        line(
                text,
                "Binary logs: " + NeededRetention.inWords(neededRetention) + " needed, the source keeps them "
                        + sourceRetention().map(NeededRetention::inWords).orElse("for ever, as far as is known"));
        warnings.forEach(warning -> line(text, "Warning: " + warning));
        tables.stream()
                .limit(SHOWN)
                .forEach(table -> line(
                        text,
                        "  " + table.table() + ": " + table.rows() + " rows, " + mebibytes(table.bytes()) + " ("
                                + table.basis().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")"));
        if (tables.size() > SHOWN) {
            line(text, "  and " + (tables.size() - SHOWN) + " more");
        }
        line(text, probe.aboutWriting() + ".");
        notes.forEach(note -> line(text, note));
        return text.toString();
    }

    private static void line(StringBuilder text, String line) {
        text.append(line.replaceAll("\\R", " ")).append('\n');
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / MIB);
    }

    private static String seconds(Duration time) {
        return time.toHours() > 0 ? time.toHours() + " h " + time.toMinutesPart() + " min" : time.toSeconds() + " s";
    }

    @Override
    public String json() {
        return Json.writePretty(Document.empty()
                .with("fingerprint", fingerprint)
                .with("takenAt", takenAt.toString())
                .with("rows", rows())
                .with("bytes", bytes())
                .with("copyTime", copyTime.toString())
                .with("copyTimeAtMost", copyTimeAtMost().toString())
                .with("neededRetention", neededRetention.toString())
                .with(
                        "sourceRetention",
                        sourceRetention().map(Duration::toString).orElse(null))
                .withTexts("warnings", warnings.stream().map(Problem::toString).toList())
                .with("probe", document(probe))
                .withAll(
                        "tables",
                        tables.stream().map(CopyEstimateValue::document).toList())
                .withTexts("notes", notes));
    }

    private static Document document(CopyProbe probe) {
        Document document = Document.empty()
                .with("tables", probe.tables())
                .with("rows", probe.rows())
                .with("bytes", probe.bytes())
                .with("readBytesPerSecond", probe.readBytesPerSecond());
        Document written = probe.writtenBytesPerSecond().isPresent()
                ? document.with(
                        "writtenBytesPerSecond", probe.writtenBytesPerSecond().getAsLong())
                : document;
        return written.with("aboutWriting", probe.aboutWriting());
    }

    private static Document document(TableEstimate table) {
        return Document.empty()
                .with("table", table.table().toString())
                .with("rows", table.rows())
                .with("bytes", table.bytes())
                .with("storedBytes", table.storedBytes())
                .with("indexBytes", table.indexBytes())
                .with("basis", table.basis().name());
    }

    @Override
    public String toString() {
        return text();
    }
}
