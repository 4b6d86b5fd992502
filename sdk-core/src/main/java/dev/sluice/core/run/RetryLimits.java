// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import java.time.Duration;

/**
 * How often and how patiently something that surely was not applied is tried again. What the error's code says may take long, such as an
 * instance that AWS still modifies, is bounded by the step's deadline instead. Immutable and thread-safe.
 *
 * @param maxAttempts tries of one thing in all, at least 1
 * @param firstPause before the second try; doubled from try to try, give or take a third
 * @param longestPause where the doubling ends
 * @param perStep retries of all things that a step does, at least 0
 * @param perRun retries of all steps of a run, undos included, at least 0; a run that is resumed begins anew
 */
public record RetryLimits(int maxAttempts, Duration firstPause, Duration longestPause, int perStep, int perRun) {
    /** Where nobody says otherwise: a network that fails once an hour gets a copy of a week through. */
    private static final int PER_STEP = 500;

    private static final int PER_RUN = 1000;

    /** Eight tries of one thing within about a minute, 500 retries a step, 1000 a run. */
    public static final RetryLimits DEFAULT = new RetryLimits(8, Duration.ofMillis(250), Duration.ofSeconds(15));

    public RetryLimits {
        if (maxAttempts < 1 || firstPause.toMillis() < 10 || longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException("Retries need at least one try and pauses of 10 ms and more: "
                    + maxAttempts + " tries, " + firstPause + " to " + longestPause);
        }
        if (perStep < 0 || perRun < 0) {
            throw new IllegalArgumentException(
                    "A budget of retries is not negative: " + perStep + " a step, " + perRun + " a run");
        }
    }

    /** With 500 retries a step and 1000 a run. */
    public RetryLimits(int maxAttempts, Duration firstPause, Duration longestPause) {
        this(maxAttempts, firstPause, longestPause, PER_STEP, PER_RUN);
    }

    /** The same with another budget for all retries together. */
    public RetryLimits budget(int aStep, int aRun) {
        return new RetryLimits(maxAttempts, firstPause, longestPause, aStep, aRun);
    }
}
