// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.plan.TableName;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.TableProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sums up what copy threads tell into events, at most four a second. Thread-safe. */
final class CopyProgress {
    private static final Duration EVERY = Duration.ofMillis(250);
    /** Over how long rates are measured: short enough to show a change, long enough not to jump. */
    private static final Duration RATE_WINDOW = Duration.ofSeconds(3);

    private final RunLog log;
    private final Instant began;
    private final Map<TableName, TableProgress> tables = new TreeMap<>();
    private final Map<TableName, Long> estimatedBytes = new TreeMap<>();
    private final Map<TableName, TableProgress> underWay = new TreeMap<>();
    private final Map<TableName, Instant> begun = new TreeMap<>();
    private Instant lastEvent;
    private Instant windowBegan;
    private long windowRows;
    private long windowBytes;
    private long rowsPerSecond;
    private long bytesPerSecond;

    CopyProgress(RunLog log) {
        this.log = log;
        this.began = log.clock().instant();
        this.lastEvent = began;
        this.windowBegan = began;
    }

    synchronized void planned(TableName table, long rows, long bytes) {
        tables.put(table, new TableProgress(table, 0, rows, 0));
        estimatedBytes.put(table, bytes);
    }

    /** From here on the table's own time counts. */
    synchronized void begun(TableName table) {
        begun.put(table, log.clock().instant());
    }

    synchronized void at(TableName table, long rows, long bytes) {
        TableProgress now = new TableProgress(table, rows, estimate(table), bytes);
        tables.put(table, now);
        underWay.put(table, now);
        if (Duration.between(lastEvent, log.clock().instant()).compareTo(EVERY) >= 0) {
            report();
        }
    }

    synchronized void done(TableName table, long rows, long bytes) {
        TableProgress end = new TableProgress(table, rows, estimate(table), bytes);
        tables.put(table, end);
        underWay.remove(table);
        Instant first = begun.remove(table);
        log.event((run, at) -> new RunEvent.TableCopied(run, at, end, first));
    }

    /** All of its rows were sent, and only the end of the copy will tell how many arrived. */
    synchronized void passed(TableName table) {
        underWay.remove(table);
    }

    /** The last word, so that a bar ends at its end and the rate is that of the whole. */
    synchronized void finished() {
        windowBegan = began;
        windowRows = 0;
        windowBytes = 0;
        rowsPerSecond = 0;
        report();
    }

    private long estimate(TableName table) {
        TableProgress before = tables.get(table);
        return before == null ? 0 : before.estimatedRows();
    }

    private void report() {
        Instant now = log.clock().instant();
        lastEvent = now;
        long rows = tables.values().stream().mapToLong(TableProgress::rows).sum();
        long bytes = tables.values().stream().mapToLong(TableProgress::bytes).sum();
        long allRows = Math.max(
                rows,
                tables.values().stream().mapToLong(TableProgress::estimatedRows).sum());
        long allBytes = Math.max(
                bytes,
                estimatedBytes.values().stream().mapToLong(Long::longValue).sum());
        measure(now, rows, bytes);
        Duration eta = eta(now, rows, allRows);
        List<TableProgress> open = new ArrayList<>(underWay.values());
        log.event((run, at) -> new RunEvent.Progress(
                run, at, rows, allRows, bytes, allBytes, rowsPerSecond, bytesPerSecond, eta, open));
    }

    private void measure(Instant now, long rows, long bytes) {
        long millis = Duration.between(windowBegan, now).toMillis();
        boolean whole = millis >= RATE_WINDOW.toMillis();
        // The first rows say little of the rate, and until a window is over there are no others.
        if (millis > 0 && (whole || windowBegan.equals(began))) {
            rowsPerSecond = (rows - windowRows) * 1000 / millis;
            bytesPerSecond = (bytes - windowBytes) * 1000 / millis;
        }
        if (whole) {
            windowBegan = now;
            windowRows = rows;
            windowBytes = bytes;
        }
    }

    /** By the rate since the beginning; nobody can tell before a hundredth is done. */
    private @Nullable Duration eta(Instant now, long rows, long allRows) {
        if (rows == 0 || rows * 100 < allRows) {
            return null;
        }
        double perRow = (double) Duration.between(began, now).toMillis() / rows;
        return Duration.ofMillis((long) (perRow * (allRows - rows)));
    }
}
