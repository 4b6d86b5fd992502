// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.PrintStream;
import java.util.Locale;

/** Prints a result for people. */
final class RaceTable {
    private static final double MEGABYTE = 1 << 20;

    private RaceTable() {}

    static void print(RaceResult result, PrintStream out) {
        out.println();
        out.println(result.name() + ": " + result.description() + "; medians");
        out.printf(
                "%-21s %9s %9s | CPU s: %9s %8s %8s | statements: %8s %8s | %8s %7s %9s%n",
                "",
                "copy s",
                "program s",
                "programs",
                "source",
                "replica",
                "source",
                "replica",
                "heap MB",
                "RSS MB",
                "binlog MB");
        result.turns().keySet().forEach(contender -> out.println(line(result, contender)));
        result.ratios().forEach((name, ratio) -> out.printf(Locale.ROOT, "%-14s %.2f%n", name, ratio));
        result.turns().keySet().forEach(contender -> out.println("  " + contender.name() + ": " + contender.how()));
    }

    private static String line(RaceResult result, Contender contender) {
        return String.format(
                Locale.ROOT,
                "%-21s %9.2f %9.2f |        %9.1f %8.1f %8.1f |             %8.0f %8.0f | %8s %7s %9.1f",
                contender.name(),
                result.median(contender, Turn::seconds),
                result.median(contender, Turn::programSeconds),
                result.median(contender, turn -> turn.cpu().programs()),
                result.median(contender, turn -> turn.cpu().source()),
                result.median(contender, turn -> turn.cpu().replica()),
                result.median(contender, turn -> turn.statements().source()),
                result.median(contender, turn -> turn.statements().replica()),
                figure(result, contender, "heap_peak_mb"),
                figure(result, contender, "rss_peak_mb"),
                result.median(contender, turn -> turn.replicaBinlogBytes() / MEGABYTE));
    }

    private static String figure(RaceResult result, Contender contender, String name) {
        double value = result.median(contender, turn -> turn.figures().getOrDefault(name, Double.NaN));
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.0f", value);
    }
}
