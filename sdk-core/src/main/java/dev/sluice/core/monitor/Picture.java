// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.monitor;

import dev.sluice.api.run.LagRange;
import dev.sluice.api.run.MonitorSettings;
import dev.sluice.api.run.ReplicationLag;
import dev.sluice.core.mysql.ReplicaStatus;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a channel at one moment. Immutable.
 *
 * @param status what the replica says
 * @param source what the source says
 * @param beat what the heartbeat says
 * @param lag what follows from these
 * @param unfetchedForOrNull for how long the source has been known to go on while nothing arrived, or null if it is not
 * @param workingForOrNull for how long the applier has had work and finished nothing, or null
 * @param sourceStillFor for how long the source has been seen to stand where it is
 */
record Picture(
        ReplicaStatus status,
        SourceSight source,
        BeatSight beat,
        ReplicationLag lag,
        @Nullable Duration unfetchedForOrNull,
        @Nullable Duration workingForOrNull,
        Duration sourceStillFor) {

    /** Whether the replica has everything that the source had; empty if nobody can tell. */
    Optional<Boolean> hasAll() {
        return source instanceof SourceSight.Seen seen && status.canTell(seen.at())
                ? Optional.of(status.hasApplied(seen.at()))
                : Optional.empty();
    }

    /** What was observed of the lag: the heartbeat comes before positions, since it takes the way that all rows take. */
    Optional<LagRange> observed() {
        return lag.byHeartbeat().or(lag::byPosition);
    }

    /** Whether it is behind by more than this, by whatever shows that. */
    boolean isBehindBy(Duration limit) {
        return observed().filter(range -> range.atLeast().compareTo(limit) > 0).isPresent()
                || lag.byServer().filter(time -> time.compareTo(limit) > 0).isPresent();
    }

    /** Whether it is proven to be behind by no more than this. */
    boolean isWithin(Duration limit) {
        return hasAll().orElse(false)
                || observed()
                        .flatMap(LagRange::atMost)
                        .filter(most -> most.compareTo(limit) <= 0)
                        .isPresent();
    }

    boolean isSilent(MonitorSettings settings) {
        Duration unfetched = unfetchedForOrNull;
        return unfetched != null && unfetched.compareTo(settings.silence()) >= 0;
    }

    boolean isStalled(MonitorSettings settings) {
        Duration working = workingForOrNull;
        return working != null && working.compareTo(settings.stall()) >= 0 && !hasAll().orElse(false);
    }
}
