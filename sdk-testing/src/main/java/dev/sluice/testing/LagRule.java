// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import java.time.Duration;

/** How far a mock replica is behind its source. Implementations are pure and thread-safe. */
@FunctionalInterface
public interface LagRule {
    /**
     * The lag.
     *
     * @param replicating for how long it has replicated
     * @return zero if it is level with its source; a negative one counts as zero
     */
    Duration after(Duration replicating);

    /** Level with its source at once: what a mock engine does that is told nothing else. */
    static LagRule none() {
        return replicating -> Duration.ZERO;
    }

    /**
     * Begins far behind, and applies faster than the source writes.
     *
     * @param start the lag when replication begins
     * @param speed how much of the source's time the replica applies in the same time; 3 means that a lag of two days is gone after one day. A
     *     speed of 1 never catches up, and a lower one falls behind
     */
    static LagRule shrinking(Duration start, double speed) {
        if (speed <= 0) {
            throw new IllegalArgumentException("A speed is positive: " + speed);
        }
        return replicating -> {
            Duration gained = Duration.ofMillis(Math.round(replicating.toMillis() * (speed - 1)));
            return start.minus(gained);
        };
    }
}
