// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.api.error.StepException;
import dev.sluice.core.mysql.SqlFailures;
import java.time.Duration;

/** When the comparison has to end, by the clock that nobody sets. Immutable and thread-safe. */
final class Deadline {
    private static final int STATEMENT_TOOK_TOO_LONG = 3024;

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

    /** Whether a statement was ended by the server because it would have gone on beyond the deadline. */
    static boolean hasEnded(StepException failure) {
        return SqlFailures.serverError(failure)
                .filter(error -> error.number() == STATEMENT_TOOK_TOO_LONG)
                .isPresent();
    }

    @Override
    public String toString() {
        return limit.toString();
    }
}
