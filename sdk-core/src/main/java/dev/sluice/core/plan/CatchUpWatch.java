// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.coordinates.Coordinates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which position of the source the replica has to pass. Passing a position that was read long ago says little while the
 * source is written to, so that the position is read anew until the replica passes one soon after it was read. One thread at a
 * time.
 */
public final class CatchUpWatch {
    /** A replica that passes a position within this time of its being read is caught up. */
    static final Duration CLOSE_BEHIND = Duration.ofSeconds(2);

    private final Clock clock;
    private @Nullable Coordinates target;
    private Instant readAt = Instant.EPOCH;

    public CatchUpWatch(Clock clock) {
        this.clock = clock;
    }

    Clock clock() {
        return clock;
    }

    /** The position to pass, or null before the first. */
    @Nullable
    Coordinates target() {
        return target;
    }

    /** Aims at a position that was read just now. */
    void aimAt(Coordinates coordinates) {
        target = coordinates;
        readAt = clock.instant();
    }

    /** How long ago the position was read. */
    Duration age() {
        return Duration.between(readAt, clock.instant());
    }
}
