// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.run;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a replica is behind, as far as it was observed: marks were seen on the source, a heartbeat's row or a position of its binary log, and
 * looked for on the replica. Both times are this JVM's, so that the clocks of the servers do not matter. Immutable and thread-safe.
 *
 * @param atLeast something that is as old as this is not yet on the replica; zero if nothing is known to be missing
 * @param atMostOrNull see {@link #atMost()}
 */
public record LagRange(Duration atLeast, @Nullable Duration atMostOrNull) {
    /** Everything that is older than this is on the replica; empty if nothing that was observed has arrived yet. */
    public Optional<Duration> atMost() {
        return Optional.ofNullable(atMostOrNull);
    }

    /** The middle of both, or what it is at least. */
    public Duration estimate() {
        return atMost().map(most -> atLeast.plus(most).dividedBy(2)).orElse(atLeast);
    }

    @Override
    public String toString() {
        return atMost().map(most -> seconds(atLeast) + " to " + seconds(most)).orElse("over " + seconds(atLeast))
                + " s";
    }

    private static String seconds(Duration time) {
        return String.format(java.util.Locale.ROOT, "%.2f", time.toMillis() / 1000.0);
    }
}
