// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.estimate;

import dev.sluice.core.copy.CopyBudget;
import java.time.Duration;
import java.util.Locale;

/**
 * A copy as the source's statistics alone have it, at the rate of a slow disk: for who may not take the seconds that a probe takes. Immutable
 * and thread-safe.
 *
 * @param bytes that are sent, without keys
 * @param bytesPerSecond the rate that is assumed
 * @param time that the copy takes at this rate
 */
public record UnmeasuredCopy(long bytes, long bytesPerSecond, Duration time) {
    private static final double GIB = 1 << 30;
    private static final double MIB = 1 << 20;

    /**
     * The copy of a scope.
     *
     * @param tables how many
     * @param stored bytes of their rows on the source's disk
     * @param indexes bytes of their secondary keys there
     * @param budget what the copy may use
     */
    public static UnmeasuredCopy of(long tables, long stored, long indexes, CopyBudget budget) {
        long rate = CopyTime.unmeasuredRate(budget);
        double sent = TableEstimates.SENT_PER_STORED * stored;
        double withKeys = TableEstimates.SENT_PER_STORED * (stored + indexes);
        return new UnmeasuredCopy((long) sent, rate, CopyTime.at((double) rate, tables, withKeys));
    }

    /** For how long the source has to keep its binary logs: the copy, as long to catch up, and the same once more. */
    public Duration retention() {
        return time.multipliedBy(NeededRetention.TIMES);
    }

    /** The retention and where it comes from, for people. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s for a copy of %.1f GiB, which takes %s at %.1f MiB/s (assumed, not measured), as long to catch up, and the same once"
                        + " more",
                NeededRetention.inWords(retention()),
                bytes / GIB,
                NeededRetention.inWords(time),
                bytesPerSecond / MIB);
    }
}
