// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import java.time.Duration;

/**
 * How often and how patiently something that surely was not applied is tried again. Immutable and thread-safe.
 *
 * @param maxAttempts tries in all, at least 1
 * @param firstPause before the second try; doubled from try to try, give or take a third
 * @param longestPause where the doubling ends
 */
public record RetryLimits(int maxAttempts, Duration firstPause, Duration longestPause) {
    /** Eight tries within about a minute. */
    public static final RetryLimits DEFAULT = new RetryLimits(8, Duration.ofMillis(250), Duration.ofSeconds(15));

    public RetryLimits {
        if (maxAttempts < 1 || firstPause.toMillis() < 10 || longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException("Retries need at least one try and pauses of 10 ms and more: "
                    + maxAttempts + " tries, " + firstPause + " to " + longestPause);
        }
    }
}
