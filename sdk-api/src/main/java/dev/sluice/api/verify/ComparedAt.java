// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.verify;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.coordinates.Coordinates;
import java.time.Duration;

/**
 * The one position at which both servers were compared. Immutable and thread-safe.
 *
 * @param coordinates of the source
 * @param lockHeld how long writers on the source could be held up while its snapshot opened
 * @param applierStopped how long the replica did not follow freely: from the stop of its applier until that was started again
 */
public record ComparedAt(Coordinates coordinates, Duration lockHeld, Duration applierStopped) {
    public ComparedAt {
        requireNonNull(coordinates, "coordinates");
        requireNonNull(lockHeld, "lockHeld");
        requireNonNull(applierStopped, "applierStopped");
    }
}
