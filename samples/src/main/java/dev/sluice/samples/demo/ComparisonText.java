// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.demo;

import dev.sluice.api.verify.TableComparison;
import dev.sluice.api.verify.VerificationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A comparison as a reader wants it: a line for each database, and everything that is not equal. */
record ComparisonText(VerificationReport report) {
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        Map<String, List<TableComparison>> databases = report.tables().stream()
                .collect(Collectors.groupingBy(table -> table.table().database(), TreeMap::new, Collectors.toList()));
        databases.forEach((database, tables) -> lines.add(String.format(
                Locale.ROOT,
                "  %-32s %4d tables %,12d rows  %s",
                plain(database),
                tables.size(),
                tables.stream().mapToLong(TableComparison::sourceRows).sum(),
                verdict(tables))));
        report.structure().forEach(difference -> lines.add("  differs: " + plain(difference)));
        report.tables().stream()
                .filter(table -> table.result() != TableComparison.Result.EQUAL)
                .forEach(table -> lines.add("  differs: " + plain(table.toString())));
        lines.add(String.format(
                Locale.ROOT,
                "  Structure, and every row of %,d, on both servers: %s (%.1f s)",
                report.rows(),
                report.isClean() ? "equal" : report.mismatches() + " mismatches",
                report.took().toMillis() / 1000.0));
        return lines;
    }

    private static String verdict(List<TableComparison> tables) {
        long equal = tables.stream()
                .filter(table -> table.result() == TableComparison.Result.EQUAL)
                .count();
        return equal == tables.size() ? "equal" : (tables.size() - equal) + " tables not equal";
    }

    /** Names may hold anything, line ends included. */
    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
