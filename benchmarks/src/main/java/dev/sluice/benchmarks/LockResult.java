// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * What snapshots of so many tables did to writers.
 *
 * @param tables how many there were
 * @param perSecond transactions a second meanwhile
 * @param snapshots one after the other
 */
record LockResult(int tables, long perSecond, List<One> snapshots) {
    /**
     * One snapshot.
     *
     * @param held how long the lock was asked for and held
     * @param longest the longest transaction beside it
     * @param longestWithout the longest in as long a time without a snapshot
     * @param took from the first connection to the end
     */
    record One(Duration held, Duration longest, Duration longestWithout, Duration took) {}

    static void heading(PrintStream out) {
        out.println();
        out.println(
                "Milliseconds, median and 95th percentile; 'without' is the longest transaction while nothing else went on");
        out.printf(
                "%8s %8s | %15s | %17s | %17s | %15s%n",
                "tables", "tx/s", "lock window", "longest tx", "without", "snapshot took");
    }

    void print(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%8d %8d | %7.1f %7.1f | %8.1f %8.1f | %8.1f %8.1f | %7.0f %7.0f%n",
                tables,
                perSecond,
                median(One::held),
                percentile(One::held),
                median(One::longest),
                percentile(One::longest),
                median(One::longestWithout),
                percentile(One::longestWithout),
                median(One::took),
                percentile(One::took));
    }

    private double median(Function<One, Duration> figure) {
        return Numbers.median(millis(figure));
    }

    private double percentile(Function<One, Duration> figure) {
        return Numbers.percentile95(millis(figure));
    }

    private List<Double> millis(Function<One, Duration> figure) {
        return snapshots.stream().map(one -> figure.apply(one).toNanos() / 1e6).toList();
    }

    static void write(JsonGenerator json, List<LockResult> results) throws IOException {
        json.writeArrayFieldStart("locks");
        for (LockResult result : results) {
            json.writeStartObject();
            json.writeNumberField("tables", result.tables);
            json.writeNumberField("snapshots", result.snapshots.size());
            json.writeNumberField("transactions_per_second", result.perSecond);
            BenchReport.numbers(json, result.figures());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("lock_window_ms_median", median(One::held));
        figures.put("lock_window_ms_p95", percentile(One::held));
        figures.put("longest_transaction_ms_median", median(One::longest));
        figures.put("longest_transaction_ms_p95", percentile(One::longest));
        figures.put("without_snapshot_ms_median", median(One::longestWithout));
        figures.put("without_snapshot_ms_p95", percentile(One::longestWithout));
        figures.put("snapshot_ms_median", median(One::took));
        return figures;
    }
}
