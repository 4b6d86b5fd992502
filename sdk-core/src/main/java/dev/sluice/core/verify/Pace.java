// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.core.mysql.Cancellation;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Has comparing threads wait as long as somebody says why. Asks at most once a second. Thread-safe. */
final class Pace {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Supplier<Optional<String>> throttle;
    private final Deadline deadline;
    private final Cancellation cancellation;
    private boolean isPaused;
    private boolean wasAsked;
    private long asked;

    Pace(Supplier<Optional<String>> throttle, Deadline deadline, Cancellation cancellation) {
        this.throttle = throttle;
        this.deadline = deadline;
        this.cancellation = cancellation;
    }

    /** Before each part; returns when it may be compared, or the comparison ends. */
    void await() {
        while (isPaused() && !deadline.isOver()) {
            cancellation.sleep(EVERY);
            cancellation.check();
        }
    }

    private synchronized boolean isPaused() {
        if (!wasAsked || System.nanoTime() - asked >= EVERY.toNanos()) {
            isPaused = throttle.get().isPresent();
            asked = System.nanoTime();
            wasAsked = true;
        }
        return isPaused;
    }
}
