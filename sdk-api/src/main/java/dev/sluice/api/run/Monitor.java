// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.run;

import dev.sluice.api.coordinates.Coordinates;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Watches a replication until it is closed, on threads of its own. It asks the replica and its source, survives lost connections and says so,
 * and recognises that the replica was moved to another server. It reads only, but for the heartbeat where it is asked for and the plan allows
 * it, and for what it does after a failover where the plan allows that by name, see
 * {@link dev.sluice.api.plan.Consent#REPOINT_BY_MONITOR}. Thread-safe. Made by Sluice, which closes it with itself; not for implementing.
 */
public interface Monitor extends AutoCloseable {
    /** The pause between two looks where nobody says otherwise. */
    Duration DEFAULT_INTERVAL = Duration.ofSeconds(5);

    /** The shortest pause between two looks that may be asked for. */
    Duration SHORTEST_INTERVAL = Duration.ofMillis(100);

    /** The longest pause between two looks that may be asked for. */
    Duration LONGEST_INTERVAL = Duration.ofHours(1);

    /** What was seen last of the plan's channel; empty before the first look. */
    Optional<ReplicationState> latest();

    /** What was seen last of all channels of the replica, the plan's first; empty before the first look. */
    List<ReplicationState> channels();

    /**
     * Waits until the replica is proven to have everything that its source had written this long before, and both halves run. The source
     * itself is asked where its binary log stands; the server's own lag counts for nothing, nor does a receiver that has stopped, whatever
     * was applied. Looks by itself, more often than the monitor does.
     *
     * @param maxLag over zero; what is asked takes some milliseconds itself
     * @param limit the longest wait
     * @throws dev.sluice.api.error.StepException if replication failed, is not configured or has stood still for over a minute; if the
     *     replica is told to stay further behind than that; or if the time is over ({@code CORE-621}), with what was seen last
     * @throws InterruptedException if the waiting thread was interrupted
     */
    void awaitCatchUp(Duration maxLag, Duration limit) throws InterruptedException;

    /**
     * Waits until the replica has applied everything before these coordinates: by their GTIDs where the channel follows GTIDs, else by file and
     * position.
     *
     * @param coordinates of this replication's source
     * @param limit the longest wait
     * @throws IllegalArgumentException if they are another server's
     * @throws dev.sluice.api.error.StepException as {@link #awaitCatchUp}
     * @throws InterruptedException if the waiting thread was interrupted
     */
    void awaitPosition(Coordinates coordinates, Duration limit) throws InterruptedException;

    /** Ends the watching; listeners hear what was seen before, for at most five seconds. Without effect the second time. */
    @Override
    void close();
}
