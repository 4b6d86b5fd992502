// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.operation.LockKind;
import dev.sluice.api.plan.Scope;
import java.time.Duration;
import java.util.List;

/**
 * What to take a snapshot of, and how long writers may wait for it. Immutable and thread-safe.
 *
 * @param scope the tables; they decide what {@code LOCK TABLES} locks and whose definitions must stay
 * @param locks the ways to lock that may be tried, in order; a way that the server denies falls to the next
 * @param window the longest time that one try may hold up writers, waiting for the lock included; at least 100 ms
 * @param readers how many sessions read the snapshot, 1 to 64
 * @param patience how long to go on trying before giving up; not negative
 */
public record SnapshotRequest(Scope scope, List<LockKind> locks, Duration window, int readers, Duration patience) {
    /** The window where none is given. */
    public static final Duration DEFAULT_WINDOW = Duration.ofSeconds(5);

    /** The patience where none is given. */
    public static final Duration DEFAULT_PATIENCE = Duration.ofMinutes(2);

    private static final Duration SHORTEST_WINDOW = Duration.ofMillis(100);
    private static final int MOST_READERS = 64;

    public SnapshotRequest {
        requireNonNull(scope, "scope");
        locks = List.copyOf(locks);
        if (locks.isEmpty()) {
            throw new IllegalArgumentException("A snapshot needs at least one way to lock");
        }
        if (window.compareTo(SHORTEST_WINDOW) < 0) {
            throw new IllegalArgumentException("The window is at least " + SHORTEST_WINDOW + ", not " + window);
        }
        if (readers < 1 || readers > MOST_READERS) {
            throw new IllegalArgumentException("A snapshot has 1 to " + MOST_READERS + " readers, not " + readers);
        }
        if (patience.isNegative()) {
            throw new IllegalArgumentException("Patience is not negative: " + patience);
        }
    }
}
