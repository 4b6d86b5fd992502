// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A session of the source that a lock would have to wait for. What it runs is not told: statements may hold secrets. Immutable
 * and thread-safe.
 *
 * @param threadId its id, as {@code KILL} takes it
 * @param user its user
 * @param since how long its statement or transaction has been running, in whole seconds
 */
public record Blocker(long threadId, String user, Duration since) {
    private static final int MOST_NAMED = 10;

    /** For messages: up to ten of them. */
    public static String names(List<Blocker> blockers) {
        if (blockers.isEmpty()) {
            return "no session that can be named";
        }
        String named =
                blockers.stream().limit(MOST_NAMED).map(Blocker::toString).collect(Collectors.joining(", "));
        int more = blockers.size() - MOST_NAMED;
        return more > 0 ? named + " and " + more + " more" : named;
    }

    @Override
    public String toString() {
        return "thread " + threadId + " of " + user + " (" + since.toSeconds() + " s)";
    }
}
