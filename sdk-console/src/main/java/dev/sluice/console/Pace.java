// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.console;

import java.time.Duration;
import java.time.Instant;

/** When the next plain line about the same thing is due: soon at first, ever more rarely later, so that a log of days stays readable. */
final class Pace {
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LAST = Duration.ofMinutes(2);

    private Duration pause = FIRST;
    private Instant next;

    private Pace(Instant first) {
        next = first;
    }

    /** The first line is due in two seconds: what takes less is told by its end alone. */
    static Pace soonAfter(Instant now) {
        return new Pace(now.plus(FIRST));
    }

    static Pace atOnce() {
        return new Pace(Instant.MIN);
    }

    /** Whether a line is due, which is printed then. */
    boolean isDue(Instant now) {
        if (now.isBefore(next)) {
            return false;
        }
        pause = pause.multipliedBy(2).compareTo(LAST) < 0 ? pause.multipliedBy(2) : LAST;
        next = now.plus(pause);
        return true;
    }
}
