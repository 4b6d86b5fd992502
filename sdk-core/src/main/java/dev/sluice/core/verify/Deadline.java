// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import java.time.Duration;

/** When the comparison has to end, by the clock that nobody sets. Immutable and thread-safe. */
final class Deadline {
    private final long startNanos = System.nanoTime();
    private final Duration limit;

    Deadline(Duration limit) {
        this.limit = limit;
    }

    boolean isOver() {
        return remaining().isZero();
    }

    /** Never negative. */
    Duration remaining() {
        Duration left = limit.minus(elapsed());
        return left.isNegative() ? Duration.ZERO : left;
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    @Override
    public String toString() {
        return limit.toString();
    }
}
