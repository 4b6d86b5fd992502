// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.monitor;

import dev.sluice.api.run.LagRange;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a look at the heartbeat came to. Immutable and thread-safe.
 *
 * @param lagOrNull how far its row is behind, or null if none was written yet, or the replica could not be asked for it
 * @param writtenOrNull when the newest beat that the source has confirmed was sent to it, or null
 * @param trouble what is wrong with it, or {@code ""}
 */
public record BeatSight(
        @Nullable LagRange lagOrNull, @Nullable Duration writtenOrNull, String trouble) {
    /** There is none. */
    public static final BeatSight NONE = new BeatSight(null, null, "");

    Optional<LagRange> lag() {
        return Optional.ofNullable(lagOrNull);
    }

    Optional<Duration> written() {
        return Optional.ofNullable(writtenOrNull);
    }
}
