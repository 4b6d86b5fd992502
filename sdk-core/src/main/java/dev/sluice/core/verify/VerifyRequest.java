// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.plan.Scope;
import dev.sluice.api.verify.TableComparison;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What to compare and how. Immutable and thread-safe.
 *
 * @param scope the tables and other objects that are compared; what lies outside is ignored on both servers
 * @param consistency whether the servers change meanwhile
 * @param threads how many parts are compared at once, at least 1; each takes one connection on either server
 * @param rowsAtOnce how many rows make a part, 8 to 1,000,000; fewer where rows are long
 * @param deadline after this time what has not been decided is reported as undecided
 * @param known tables that were compared before, by a comparison that did not come to its end; they are not compared again
 * @param throttle why no further part must be compared now, in words for people, empty if it may; asked about once a second
 */
public record VerifyRequest(
        Scope scope,
        Consistency consistency,
        int threads,
        int rowsAtOnce,
        Duration deadline,
        List<TableComparison> known,
        Supplier<Optional<String>> throttle) {
    /** The number of threads where none is given. */
    public static final int DEFAULT_THREADS = 4;

    /** The largest number of threads. */
    public static final int MOST_THREADS = 256;

    /** The rows of a part where no number is given: some hundredths of a second on common hardware. */
    public static final int DEFAULT_ROWS_AT_ONCE = 20_000;

    /** The deadline where none is given. */
    public static final Duration DEFAULT_DEADLINE = Duration.ofHours(24);

    public VerifyRequest {
        requireNonNull(scope, "scope");
        requireNonNull(consistency, "consistency");
        requireNonNull(throttle, "throttle");
        known = List.copyOf(known);
        if (threads < 1 || threads > MOST_THREADS) {
            throw new IllegalArgumentException("Threads are 1 to " + MOST_THREADS + ", not " + threads);
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
        return new VerifyRequest(
                scope,
                consistency,
                DEFAULT_THREADS,
                DEFAULT_ROWS_AT_ONCE,
                DEFAULT_DEADLINE,
                List.of(),
                Optional::empty);
    }

    public VerifyRequest withThreads(int number) {
        return new VerifyRequest(scope, consistency, number, rowsAtOnce, deadline, known, throttle);
    }

    public VerifyRequest withRowsAtOnce(int number) {
        return new VerifyRequest(scope, consistency, threads, number, deadline, known, throttle);
    }

    public VerifyRequest within(Duration time) {
        return new VerifyRequest(scope, consistency, threads, rowsAtOnce, time, known, throttle);
    }

    /** Goes on after a comparison that did not come to its end. */
    public VerifyRequest without(List<TableComparison> comparedBefore) {
        return new VerifyRequest(scope, consistency, threads, rowsAtOnce, deadline, comparedBefore, throttle);
    }

    /** Pauses as long as somebody says why. */
    public VerifyRequest throttledBy(Supplier<Optional<String>> reasonToPause) {
        return new VerifyRequest(scope, consistency, threads, rowsAtOnce, deadline, known, reasonToPause);
    }
}
