// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.endpoint.ReplicaEndpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a host gives one copy to use, and when the copy has to hold still. Each reader and each writer is one thread here and one
 * connection to its server; a few more look after them. Copies by {@code mysqldump} have no part in it. Immutable and thread-safe.
 *
 * @param readers most connections that read from the source, 1 to 64
 * @param writers most connections that write to the replica, 1 to 64
 * @param tuning whether these numbers are used as they are or found by measuring
 * @param bytesPerSecond most bytes of row data that are read in a second, at least 65,536; {@link #UNLIMITED} if there is no limit.
 *     It is kept on the average: after each batch a reader waits until its bytes are paid for, but never longer than half an hour, since sources hang up
 * @param sourceThreadsRunning the copy pauses while the source has more threads running, at least 1, the copy's own included;
 *     {@link #ANY_NUMBER} if it does not matter
 * @param lagLimits replicas, of the source or of any other server, for which the copy waits
 */
public record CopyBudget(
        int readers,
        int writers,
        Tuning tuning,
        long bytesPerSecond,
        int sourceThreadsRunning,
        List<LagLimit> lagLimits) {
    /** No limit of bytes. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** No limit of threads on the source. */
    public static final int ANY_NUMBER = Integer.MAX_VALUE;

    private static final int MOST = 64;

    /** With less a reader would wait so long for one batch to be let through that its server hangs up. */
    private static final long SLOWEST = 64 << 10;

    public CopyBudget {
        requireNonNull(tuning, "tuning");
        lagLimits = List.copyOf(lagLimits);
        if (readers < 1 || readers > MOST || writers < 1 || writers > MOST) {
            throw new IllegalArgumentException("Readers and writers are 1 to 64, not " + readers + " and " + writers);
        }
        if (bytesPerSecond < SLOWEST) {
            throw new IllegalArgumentException(
                    "At least " + SLOWEST + " bytes a second are copied, not " + bytesPerSecond);
        }
        if (sourceThreadsRunning < 1) {
            throw new IllegalArgumentException("At least one thread runs, the one that looks: " + sourceThreadsRunning);
        }
    }

    /** What the numbers of readers and writers mean. */
    public enum Tuning {
        /** So many work, whatever it brings. */
        FIXED,
        /** At most so many: one is added as long as more rows arrive by it, and goes again otherwise. */
        MEASURED
    }

    /**
     * A replica that must not fall behind.
     *
     * @param replica where it is; asked once a second, by a connection of its own
     * @param most the copy pauses while the replica is further behind, and while its replication does not run or cannot be asked
     */
    public record LagLimit(ReplicaEndpoint replica, Duration most) {
        public LagLimit {
            requireNonNull(replica, "replica");
            if (most.isNegative()) {
                throw new IllegalArgumentException("A lag is not negative: " + most);
            }
        }
    }

    /** Exactly so many readers and writers. */
    public static CopyBudget fixed(int readers, int writers) {
        return new CopyBudget(readers, writers, Tuning.FIXED, UNLIMITED, ANY_NUMBER, List.of());
    }

    /** As many readers and writers as measured throughput shows to be worth it, and never more than these. */
    public static CopyBudget atMost(int readers, int writers) {
        return new CopyBudget(readers, writers, Tuning.MEASURED, UNLIMITED, ANY_NUMBER, List.of());
    }

    /** The same with another limit of bytes a second. */
    public CopyBudget bytesPerSecond(long most) {
        return new CopyBudget(readers, writers, tuning, most, sourceThreadsRunning, lagLimits);
    }

    /** The same with another limit of threads running on the source. */
    public CopyBudget sourceThreadsRunning(int most) {
        return new CopyBudget(readers, writers, tuning, bytesPerSecond, most, lagLimits);
    }

    /** The same with one more replica to wait for. */
    public CopyBudget lagOf(ReplicaEndpoint replica, Duration most) {
        List<LagLimit> more = new ArrayList<>(lagLimits);
        more.add(new LagLimit(replica, most));
        return new CopyBudget(readers, writers, tuning, bytesPerSecond, sourceThreadsRunning, more);
    }
}
