// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.monitor;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.run.LagRange;
import dev.sluice.core.mysql.ReplicaStatus;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a source was seen to stand, again and again, and how far behind that a replica is. One thread at a time. */
public final class SourceMarks {
    private final LagMarks<Coordinates> marks = new LagMarks<>();
    private @Nullable Coordinates newest;

    /**
     * Adds what was seen. All that was seen before is forgotten if it is not where this goes on from.
     *
     * @return whether it goes on from what was seen before
     */
    public boolean add(Coordinates seen, Asked asked) {
        Coordinates before = newest;
        boolean goesOn = before != null && goesOnFrom(before, seen);
        if (!goesOn) {
            marks.clear();
        }
        newest = withoutTime(seen);
        marks.add(newest, asked);
        return goesOn;
    }

    /** Not if another server answers, its logs were renamed, or were wiped. */
    private static boolean goesOnFrom(Coordinates before, Coordinates now) {
        return before.serverUuid().equalsIgnoreCase(now.serverUuid())
                && before.position().isOfSameSeries(now.position())
                && before.position().compareTo(now.position()) <= 0;
    }

    /** Equal as long as the source stands still. */
    private static Coordinates withoutTime(Coordinates at) {
        return new Coordinates(
                at.serverUuid(), at.channel(), at.position(), at.gtidsOrNull(), Instant.EPOCH, at.method());
    }

    /**
     * How far a replica is behind; empty if nothing was seen yet. What its channel cannot tell of counts as not there.
     *
     * @param asked when the replica was asked for its status
     */
    public Optional<LagRange> range(ReplicaStatus status, Asked asked) {
        return marks.range(mark -> status.canTell(mark) && status.hasApplied(mark), asked);
    }
}
