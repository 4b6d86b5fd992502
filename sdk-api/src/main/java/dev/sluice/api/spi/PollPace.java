// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How often something is asked for that takes its time: often at first, and ever more rarely the longer it has taken. Immutable and thread-safe.
 *
 * @param first the shortest pause between two looks, at least 1 ms
 * @param longest the longest one, at least {@code first}
 */
public record PollPace(Duration first, Duration longest) {
    /** For servers, which answer in no time: a quarter of a second. */
    public static final PollPace OF_SERVERS = new PollPace(Duration.ofMillis(250), Duration.ofMillis(250));

    /** What a pause is of the time that was waited before: the wait is noticed to be over late by a quarter of it at most. */
    private static final int PART = 4;

    public PollPace {
        requireNonNull(first, "first");
        requireNonNull(longest, "longest");
        if (first.toMillis() < 1 || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "Pauses are at least 1 ms, and the longest the longest: " + first + " to " + longest);
        }
    }

    /** The next pause. */
    public Duration after(Duration waited) {
        Duration part = waited.dividedBy(PART);
        Duration atLeast = part.compareTo(first) < 0 ? first : part;
        return atLeast.compareTo(longest) > 0 ? longest : atLeast;
    }
}
