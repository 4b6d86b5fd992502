// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.estimate;

import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.ReplicationPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the copy of a compiled plan will take, and how long the source has to keep its binary logs for it. An estimate, and no promise: rows and
 * bytes are mostly within a factor of 2, the time within a factor of {@value #TIME_FACTOR}. {@code toString()} is {@link #text()}. Immutable and
 * thread-safe.
 */
public interface CopyEstimate {
    /** The copy is expected to take no more than so many times {@link #copyTime()}, and no less than this part of it. */
    int TIME_FACTOR = 4;

    /** The compiled plan's fingerprint. */
    String fingerprint();

    /** When it was made, by this JVM's clock. */
    Instant takenAt();

    /** The tables of the scope, largest first. */
    List<TableEstimate> tables();

    /** Rows of all tables. */
    long rows();

    /** Bytes of row data that the copy sends. */
    long bytes();

    /** What was measured. */
    CopyProbe probe();

    /** How long the copy is expected to take; zero if the plan copies nothing. */
    Duration copyTime();

    /** The longest that it should take: {@link #copyTime()} times {@link #TIME_FACTOR}. */
    Duration copyTimeAtMost();

    /**
     * How long the source should keep its binary logs: twice the longest copy, since what was written meanwhile has to be caught up with and
     * that may take as long again, and that twice, for whatever comes between; in whole hours, at least 24.
     */
    Duration neededRetention();

    /** How long the source keeps them now; empty for ever, or where nobody can say. */
    Optional<Duration> sourceRetention();

    /** What should be known before the start, such as a retention that is too short. */
    List<Problem> warnings();

    /** What the numbers are worth. */
    List<String> notes();

    /**
     * The plan with the retention that is needed, if it says none itself. Compiled anew, its number stands in the preview, and the run sets it.
     *
     * @param plan the one that was estimated
     */
    default ReplicationPlan retaining(ReplicationPlan plan) {
        return plan.binlogRetention().isPresent() ? plan : plan.retainBinlogs(neededRetention());
    }

    /** For a terminal. */
    String text();

    /** For programs; the same data. */
    String json();
}
