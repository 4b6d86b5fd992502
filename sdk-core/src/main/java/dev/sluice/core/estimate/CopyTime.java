// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.estimate;

import dev.sluice.api.estimate.TableEstimate;
import dev.sluice.core.copy.CopyBudget;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** How long a copy is expected to take by the rates that one connection has shown. */
final class CopyTime {
    /** Databases, tables, keys and views are made whatever is in them. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    private static final Duration A_TABLE = Duration.ofMillis(20);

    /** Where nothing was measured; a slow disk. */
    private static final long UNKNOWN_RATE = 10 << 20;

    private CopyTime() {}

    static Duration of(List<TableEstimate> tables, Sample sample, OptionalLong written, CopyBudget budget) {
        if (tables.isEmpty()) {
            return Duration.ZERO;
        }
        long bytes = tables.stream().mapToLong(TableEstimate::bytes).sum();
        return at(rate(sample, written, budget), tables.size(), bytes * withKeys(tables));
    }

    /**
     * By a rate of bytes a second.
     *
     * @param bytes of rows and keys
     */
    static Duration at(double rate, long tables, double bytes) {
        return LEAST.plus(A_TABLE.multipliedBy(tables)).plusMillis((long) (bytes / rate * 1000));
    }

    /** In bytes a second, where nothing was measured. */
    static long unmeasuredRate(CopyBudget budget) {
        return Math.min(UNKNOWN_RATE, budget.bytesPerSecond());
    }

    /**
     * The slower end sets the pace. A table that has a redo log, keys and a binary log is written more slowly than the probe's; several connections
     * make up for that, so that neither is reckoned with here.
     */
    private static double rate(Sample sample, OptionalLong written, CopyBudget budget) {
        double read = (double) (sample.bytesPerSecond() > 0 ? sample.bytesPerSecond() : UNKNOWN_RATE);
        double rate = Math.min(read, (double) written.orElse(UNKNOWN_RATE));
        return Math.max(1, Math.min(rate, (double) budget.bytesPerSecond()));
    }

    /** Secondary keys are built from what is stored: as much again as their part of it. */
    private static double withKeys(List<TableEstimate> tables) {
        double stored =
                (double) tables.stream().mapToLong(TableEstimate::storedBytes).sum();
        double indexes =
                (double) tables.stream().mapToLong(TableEstimate::indexBytes).sum();
        return stored <= 0 ? 1 : 1 + indexes / stored;
    }
}
