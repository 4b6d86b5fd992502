// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.plan;

import java.time.Duration;

/**
 * How long a copy may keep its snapshots open on the source, and at what price. As long as one is open, the source keeps every
 * older version of every row that anybody changes: its undo history and tablespaces grow, and all who read changed rows become
 * slower. Immutable and thread-safe.
 *
 * <p>The lengths are those of InnoDB's history list, as {@code SHOW ENGINE INNODB STATUS} tells it: about one entry for each
 * transaction that changed something, whoever's snapshot keeps it from being purged.
 *
 * @param warnAge a warning when the snapshots are that old; positive
 * @param maxAge the copy ends when they are that old; not less than {@code warnAge}
 * @param warnHistory a warning when the source's history list is that long; positive
 * @param maxHistory the copy ends when it is that long; not less than {@code warnHistory}
 */
public record SnapshotLimits(Duration warnAge, Duration maxAge, long warnHistory, long maxHistory) {
    /** Warnings after 6 hours and at 1,000,000 entries; ends after 72 hours or at 50,000,000 entries. */
    public static final SnapshotLimits DEFAULT =
            new SnapshotLimits(Duration.ofHours(6), Duration.ofHours(72), 1_000_000, 50_000_000);

    /** Limits that can be kept. */
    public SnapshotLimits {
        if (warnAge.isNegative() || warnAge.isZero() || maxAge.compareTo(warnAge) < 0) {
            throw new IllegalArgumentException(
                    "A snapshot's age warns at a positive one and ends at one not less, not at " + warnAge + " and "
                            + maxAge);
        }
        if (warnHistory < 1 || maxHistory < warnHistory) {
            throw new IllegalArgumentException(
                    "The undo history warns at a positive length and ends at one not less, not at " + warnHistory
                            + " and " + maxHistory);
        }
    }

    /** The same with other ages. */
    public SnapshotLimits age(Duration warn, Duration most) {
        return new SnapshotLimits(warn, most, warnHistory, maxHistory);
    }

    /** The same with other lengths of the undo history. */
    public SnapshotLimits history(long warn, long most) {
        return new SnapshotLimits(warnAge, maxAge, warn, most);
    }
}
