// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import java.time.Duration;

/**
 * How long small tables are read before they are confirmed together: as long their metadata locks are held. A confirmation looks
 * through all tables of the server, so that with many of them it is asked for less often. One reader's.
 */
final class ConfirmPace {
    private static final Duration SHORTEST = Duration.ofMillis(300);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** Reading is to take at least so many times as long as confirming. */
    private static final int READING_A_CONFIRMATION = 10;

    private Duration together = SHORTEST;

    /** When the tables that are read from now on should be confirmed, as {@link System#nanoTime} tells it. */
    long deadline() {
        return System.nanoTime() + together.toNanos();
    }

    /** Runs a confirmation and learns from it how often there can be one. */
    void timed(Runnable confirmation) {
        long began = System.nanoTime();
        confirmation.run();
        Duration wanted = Duration.ofNanos(System.nanoTime() - began).multipliedBy(READING_A_CONFIRMATION);
        together = wanted.compareTo(SHORTEST) < 0 ? SHORTEST : wanted.compareTo(LONGEST) > 0 ? LONGEST : wanted;
    }
}
