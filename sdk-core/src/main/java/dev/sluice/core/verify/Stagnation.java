// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import java.time.Duration;

/** Whether rows have been looked at again for long, and many times, without anything becoming of any of them. Not thread-safe. */
final class Stagnation {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final int MANY_ROUNDS = 30;

    private int rounds;
    private Deadline limit = new Deadline(LONG);

    /** Something became of a row. */
    void ended() {
        rounds = 0;
        limit = new Deadline(LONG);
    }

    /** To be asked once a round. */
    boolean isReached() {
        rounds++;
        return rounds >= MANY_ROUNDS && limit.isOver();
    }
}
