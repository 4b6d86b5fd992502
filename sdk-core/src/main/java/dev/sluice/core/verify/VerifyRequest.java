// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.plan.Scope;
import java.time.Duration;

/**
 * What to compare and how. Immutable and thread-safe.
 *
 * @param scope the tables and other objects that are compared; what lies outside is ignored on both servers
 * @param consistency whether the servers change meanwhile
 * @param threads how many parts are compared at once, at least 1; each takes one connection on either server
 * @param rowsAtOnce how many rows make a part, 8 to 1,000,000; fewer where rows are long
 * @param deadline after this time what has not been decided is reported as undecided
 */
public record VerifyRequest(Scope scope, Consistency consistency, int threads, int rowsAtOnce, Duration deadline) {
    /** The number of threads where none is given. */
    public static final int DEFAULT_THREADS = 4;

    /** The rows of a part where no number is given: some hundredths of a second on common hardware. */
    public static final int DEFAULT_ROWS_AT_ONCE = 20_000;

    /** The deadline where none is given. */
    public static final Duration DEFAULT_DEADLINE = Duration.ofHours(24);

    public VerifyRequest {
        requireNonNull(scope, "scope");
        requireNonNull(consistency, "consistency");
        if (threads < 1 || threads > 256) {
            throw new IllegalArgumentException("Threads are 1 to 256, not " + threads);
        }
        if (rowsAtOnce < 8 || rowsAtOnce > 1_000_000) {
            throw new IllegalArgumentException("Rows at once are 8 to 1,000,000, not " + rowsAtOnce);
        }
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("A deadline is positive, not " + deadline);
        }
    }

    /** With the default number of threads and the default deadline. */
    public static VerifyRequest of(Scope scope, Consistency consistency) {
        return new VerifyRequest(scope, consistency, DEFAULT_THREADS, DEFAULT_ROWS_AT_ONCE, DEFAULT_DEADLINE);
    }

    public VerifyRequest withThreads(int number) {
        return new VerifyRequest(scope, consistency, number, rowsAtOnce, deadline);
    }

    public VerifyRequest withRowsAtOnce(int number) {
        return new VerifyRequest(scope, consistency, threads, number, deadline);
    }

    public VerifyRequest within(Duration time) {
        return new VerifyRequest(scope, consistency, threads, rowsAtOnce, time);
    }
}
