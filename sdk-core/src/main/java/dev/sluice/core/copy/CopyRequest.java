// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static java.util.Objects.requireNonNull;

import dev.sluice.core.mysql.UnloggedSession;

/**
 * What a copy may use and do. Immutable and thread-safe.
 *
 * @param budget what it may use, followed while it goes on
 * @param throttle says when it has to pause
 * @param binlog whether the replica's own binary log may be left out
 * @param unlogging the statement by which a session leaves it out
 * @param own what an earlier attempt of the same run made on the replica: it is dropped first. Anything else is never overwritten
 * @param indexes when secondary keys are built
 * @param unitBytes how much a reader reads in one go where a table can be divided, at least 1024
 */
public record CopyRequest(
        LiveBudget budget,
        CopyThrottle throttle,
        ReplicaBinlog binlog,
        String unlogging,
        CreatedObjects own,
        IndexTiming indexes,
        long unitBytes) {
    /** Some seconds of reading: short enough to end together, long enough to be worth a query. */
    static final long UNIT_BYTES = 32L << 20;

    public CopyRequest {
        requireNonNull(budget, "budget");
        requireNonNull(throttle, "throttle");
        requireNonNull(binlog, "binlog");
        requireNonNull(unlogging, "unlogging");
        requireNonNull(own, "own");
        requireNonNull(indexes, "indexes");
        if (unitBytes < 1024) {
            throw new IllegalArgumentException("A unit is at least 1024 bytes, not " + unitBytes);
        }
    }

    /** For a replica on which nothing was begun yet. */
    public CopyRequest(LiveBudget budget, CopyThrottle throttle, ReplicaBinlog binlog) {
        this(
                budget,
                throttle,
                binlog,
                UnloggedSession.BY_VARIABLE,
                CreatedObjects.NONE,
                IndexTiming.BY_SIZE,
                UNIT_BYTES);
    }

    /** The same with so many writers, and all the readers that the snapshot has. */
    public CopyRequest(int writers, ReplicaBinlog binlog) {
        this(LiveBudget.of(CopyBudget.fixed(64, writers)), CopyThrottle.NONE, binlog);
    }

    /** The same, where a session leaves the replica's binary log out by another statement. */
    public CopyRequest unloggedBy(String statement) {
        return new CopyRequest(budget, throttle, binlog, statement, own, indexes, unitBytes);
    }

    /** The same with keys built at another time. */
    public CopyRequest with(IndexTiming other) {
        return new CopyRequest(budget, throttle, binlog, unlogging, own, other, unitBytes);
    }

    /** The same with smaller or larger units. */
    public CopyRequest withUnitsOf(long bytes) {
        return new CopyRequest(budget, throttle, binlog, unlogging, own, indexes, bytes);
    }

    /** Most connections to the replica that write in parallel now. */
    int writers() {
        return budget.now().writers();
    }

    /** Whether the load is written to the replica's own binary log. */
    public enum ReplicaBinlog {
        /** Yes: replicas hang off it, or shall. */
        WRITTEN,
        /** No, where the user may leave it out: nobody follows it, and it would only hold local GTIDs. */
        SKIPPED_WHERE_ALLOWED
    }
}
