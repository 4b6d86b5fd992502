// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.front;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The faults that are in force. Used by the relay's thread only. */
final class Conditions {
    private static final long UNLIMITED = Long.MAX_VALUE;
    private static final int LARGEST_SLICE = 16 * 1024;

    private final Set<Way> stalled = EnumSet.noneOf(Way.class);
    private final Map<Way, Long> freeAgainAt = new EnumMap<>(Way.class);
    private long bytesPerSecond = UNLIMITED;
    private long latencyNanos;

    Set<Way> stalled() {
        return stalled;
    }

    void limitTo(long limit) {
        bytesPerSecond = limit;
    }

    void delayBy(Duration latency) {
        latencyNanos = latency.toNanos();
    }

    void clear() {
        stalled.clear();
        freeAgainAt.clear();
        bytesPerSecond = UNLIMITED;
        latencyNanos = 0;
    }

    boolean flows(Way way) {
        return !stalled.contains(way);
    }

    boolean flowsBothWays() {
        return stalled.isEmpty();
    }

    long latencyNanos() {
        return latencyNanos;
    }

    /** When the line can carry something again; in the past if it is free. */
    long freeAgainAt(Way way, long now) {
        return freeAgainAt.getOrDefault(way, now);
    }

    /** The most that is put on the line at once: a twentieth of a second, so that a slow line is even. */
    int slice() {
        return (int) Math.max(1, Math.min(LARGEST_SLICE, bytesPerSecond / 20));
    }

    void carried(Way way, int bytes, long now) {
        if (bytesPerSecond != UNLIMITED) {
            freeAgainAt.put(way, now + bytes * 1_000_000_000L / bytesPerSecond);
        }
    }
}
