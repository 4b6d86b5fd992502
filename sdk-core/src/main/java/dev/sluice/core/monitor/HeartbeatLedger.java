// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.monitor;

import dev.sluice.api.run.LagRange;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The beats that one monitor has written on the source. Only their numbers travel to the replica; when they were written is remembered here, so
 * that one clock measures both ends. Thread-safe.
 */
public final class HeartbeatLedger {
    private final LagMarks<Long> beats = new LagMarks<>();
    private @Nullable Duration newest;
    private String failure = "";

    /** The source has confirmed a beat. */
    public synchronized void written(long number, Asked asked) {
        beats.add(number, asked);
        newest = asked.from();
        failure = "";
    }

    /** One could not be written; whether it is there all the same, its number tells nothing. */
    public synchronized void failed(String why) {
        failure = why;
    }

    /**
     * How it looks on the replica.
     *
     * @param there the newest beat that is there; empty if none is
     * @param asked when the replica was asked
     */
    public synchronized BeatSight look(Optional<Long> there, Asked asked) {
        LagRange lag = beats.range(number -> number <= there.orElse(0L), asked).orElse(null);
        return new BeatSight(lag, newest, failure.isEmpty() ? "" : "the heartbeat is not written: " + failure);
    }

    /** The replica could not be asked for it. */
    public synchronized BeatSight unseen(String why) {
        return new BeatSight(null, newest, "the heartbeat cannot be read on the replica: " + why);
    }
}
