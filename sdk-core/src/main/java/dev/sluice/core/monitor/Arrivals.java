// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.monitor;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.GtidSet;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.core.mysql.ReplicaStatus;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether what the source writes arrives at the replica. A log that was only rotated does not count: servers do not tell replicas of a new
 * file's first bytes. One thread at a time.
 */
final class Arrivals {
    private final Stillness fetched = new Stillness();
    private @Nullable String file;
    private @Nullable Duration missingSince;

    /**
     * For how long nothing has arrived although the source is known to have gone on; null if it has, or is not.
     *
     * @param moved whether the source was elsewhere the time before
     */
    @Nullable
    Duration missingFor(ReplicaStatus status, Asked asked, SourceSight source, BeatSight beat, boolean moved) {
        boolean arrived = fetched.see(status.receiver().fetched(), asked.to());
        Duration bySource = source instanceof SourceSight.Seen seen && isAhead(status, seen)
                ? seen.asked().to()
                : null;
        Duration byBeat = beat.written()
                .filter(sent -> sent.compareTo(fetched.since()) > 0)
                .orElse(null);
        boolean isOnlyRotated = isOnlyRotated(status, source);
        boolean connected = status.receiver().state() == ReplicaStatus.ReceiverState.RUNNING;
        if (arrived || !connected || (bySource == null && byBeat == null)) {
            missingSince = null;
        } else if (missingSince == null) {
            missingSince = bySource != null && moved && !isOnlyRotated ? bySource : byBeat;
        }
        return missingSince == null ? null : asked.to().minus(missingSince);
    }

    /**
     * Whether the source has begun a new file since it was seen before, and the replica knows that file, but nothing of what is in it: that may be no
     * more than the first bytes. What is written later is seen to be.
     */
    private boolean isOnlyRotated(ReplicaStatus status, SourceSight source) {
        if (!(source instanceof SourceSight.Seen seen)) {
            return false;
        }
        BinlogPosition now = seen.at().position();
        boolean isNew = !now.file().equals(file);
        file = now.file();
        return isNew
                && status.receiver()
                        .fetched()
                        .filter(new BinlogPosition(now.file(), BinlogPosition.FIRST)::equals)
                        .isPresent();
    }

    private static boolean isAhead(ReplicaStatus status, SourceSight.Seen source) {
        Optional<BinlogPosition> there = status.receiver().fetched();
        if (there.isPresent() && there.get().compareTo(source.at().position()) >= 0) {
            return false;
        }
        Optional<GtidSet> gtids =
                source.at().gtids().filter(known -> status.source().autoPosition());
        return gtids.isEmpty()
                || !(gtids.get() instanceof MySqlGtidSet known)
                || !status.executed().plus(status.retrieved()).contains(known);
    }
}
