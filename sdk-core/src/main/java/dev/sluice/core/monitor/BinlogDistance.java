// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.monitor;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.run.Figure;
import java.util.Map;
import java.util.Optional;

/** How many bytes of a binary log lie between two positions, over all files between them. Thread-safe: no state. */
final class BinlogDistance {
    private BinlogDistance() {}

    /**
     * Counts.
     *
     * @param from where somebody is; empty if nowhere yet
     * @param to where the log ends
     * @param logs the sizes of its files, by name
     */
    static Figure between(Optional<BinlogPosition> from, BinlogPosition to, Map<String, Long> logs) {
        if (from.isEmpty()) {
            return Figure.unknown("the replica has not come to any position yet");
        }
        BinlogPosition start = from.get();
        if (start.compareTo(to) >= 0) {
            return Figure.of(0);
        }
        return start.file().equals(to.file())
                ? Figure.of(to.position() - start.position())
                : overFiles(start, to, logs);
    }

    private static Figure overFiles(BinlogPosition from, BinlogPosition to, Map<String, Long> logs) {
        Long first = logs.get(from.file());
        if (first == null) {
            return Figure.unknown(
                    logs.isEmpty()
                            ? "the source's binary logs are not listed"
                            : "the source does not have " + from.file() + " any more");
        }
        long between = logs.entrySet().stream()
                .filter(log -> isBetween(from, new BinlogPosition(log.getKey(), BinlogPosition.FIRST), to))
                .mapToLong(Map.Entry::getValue)
                .sum();
        return Figure.of(Math.max(0, first - from.position()) + between + to.position());
    }

    private static boolean isBetween(BinlogPosition from, BinlogPosition file, BinlogPosition to) {
        return file.sequence() > from.sequence() && file.sequence() < to.sequence();
    }
}
