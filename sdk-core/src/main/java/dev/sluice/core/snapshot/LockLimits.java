// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import java.time.Duration;

/**
 * The times that bound one try for a lock. Immutable and thread-safe.
 *
 * <p>Two guards stand behind each other. The watchdog of this JVM ends the try at its bound. If the JVM or its host vanishes, the
 * server itself frees its writers: a statement that waits for the lock gives up after {@link #lockWait} (a failed
 * {@code FLUSH TABLES WITH READ LOCK} keeps the global lock as long as its session lives), and a session without a word from its
 * client ends after {@link #IDLE}. Together that is 7 s, and 13 s in the worst case, in which each of the three waits of
 * {@code FLUSH TABLES WITH READ LOCK} takes its whole time.
 *
 * @param acquire how long this try may wait for the lock
 * @param window how long this try may hold up writers in all
 */
record LockLimits(Duration acquire, Duration window) {
    /** The server ends the locking session after that long without a word. */
    static final Duration IDLE = Duration.ofSeconds(4);

    /** The locking session says a word that often. */
    static final Duration PING = Duration.ofSeconds(1);

    private static final Duration LONGEST_LOCK_WAIT = Duration.ofSeconds(3);
    private static final int FIRST_SHARE = 8;

    /**
     * The first try waits for an eighth of the window, each further one twice as long, up to the whole window: waiting holds up
     * writers as much as holding does, and most locks are granted at once or not before somebody else is done. A transaction that
     * waits for the lock while another waits for its rows can never end before the try does.
     */
    static LockLimits ofAttempt(int attempt, Duration window) {
        int doublings = Math.min(attempt - 1, 3);
        return new LockLimits(window.multipliedBy(1L << doublings).dividedBy(FIRST_SHARE), window);
    }

    /** The server counts it in whole seconds. */
    Duration lockWait() {
        Duration rounded = Duration.ofSeconds(acquire.plusMillis(999).toSeconds());
        return rounded.compareTo(LONGEST_LOCK_WAIT) < 0 ? rounded : LONGEST_LOCK_WAIT;
    }
}
