// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.plan.Scope;
import dev.sluice.api.verify.TableComparison;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.api.verify.VerifyListener;
import dev.sluice.core.copy.AnsweringThrottle;
import dev.sluice.core.copy.CopyThrottle;
import dev.sluice.core.verify.Consistency;
import dev.sluice.core.verify.VerifyRequest;
import java.time.Duration;
import java.util.List;

/**
 * How a replication is compared by {@link LiveReplication#compareLive(CompareOptions)}. Immutable and thread-safe: each method returns
 * another one.
 *
 * <pre>{@code
 * VerificationReport first = live.compareLive(CompareOptions.standard().within(Duration.ofHours(2)));
 * VerificationReport rest = live.compareLive(CompareOptions.standard().goingOnAfter(first));
 * }</pre>
 */
public final class CompareOptions {
    private static final CompareOptions STANDARD = new CompareOptions(
            VerifyRequest.DEFAULT_DEADLINE,
            VerifyRequest.DEFAULT_THREADS,
            CopyThrottle.NONE,
            VerifyListener.NONE,
            List.of());

    private final Duration deadline;
    private final int threads;
    private final CopyThrottle throttle;
    private final VerifyListener listener;
    private final List<TableComparison> known;

    private CompareOptions(
            Duration deadline,
            int threads,
            CopyThrottle throttle,
            VerifyListener listener,
            List<TableComparison> known) {
        this.deadline = deadline;
        this.threads = threads;
        this.throttle = throttle;
        this.listener = listener;
        this.known = known;
    }

    /** 24 hours, 4 threads, no pauses, nobody who listens, all tables. */
    public static CompareOptions standard() {
        return STANDARD;
    }

    /**
     * The longest time. What is not decided then is reported as undecided, and statements end on the servers within about two seconds.
     * <b>When not called:</b> 24 hours.
     *
     * @param time over zero
     * @throws IllegalArgumentException if it is not
     */
    public CompareOptions within(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("A deadline is positive, not " + time);
        }
        return new CompareOptions(time, threads, throttle, listener, known);
    }

    /**
     * How many parts are compared at once; each takes one connection to either server. <b>Range:</b> 1 to 256. <b>When not called:</b> 4.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public CompareOptions threads(int number) {
        if (number < 1 || number > VerifyRequest.MOST_THREADS) {
            throw new IllegalArgumentException("Threads are 1 to " + VerifyRequest.MOST_THREADS + ", not " + number);
        }
        return new CompareOptions(deadline, number, throttle, listener, known);
    }

    /**
     * Lets the application say when no further part is compared: asked about once a second. One that throws pauses the comparison, which
     * goes on until the deadline. <b>When not called:</b> it has no say; that of the builder's {@code copyThrottle} is for runs.
     */
    public CompareOptions throttledBy(CopyThrottle reasons) {
        return new CompareOptions(deadline, threads, requireNonNull(reasons, "reasons"), listener, known);
    }

    /** Tells somebody how it goes. <b>When not called:</b> nobody is told. */
    public CompareOptions tellingTo(VerifyListener whom) {
        return new CompareOptions(deadline, threads, throttle, requireNonNull(whom, "whom"), known);
    }

    /**
     * Leaves out the tables that an earlier comparison of the same replication has found equal, and takes them over into the report.
     * Nothing tells whether somebody has written to the replica since. Definitions are always compared. <b>When not called:</b> all tables are
     * compared.
     */
    public CompareOptions goingOnAfter(VerificationReport earlier) {
        List<TableComparison> equal = earlier.tables().stream()
                .filter(table -> table.result() == TableComparison.Result.EQUAL)
                .toList();
        return new CompareOptions(deadline, threads, throttle, listener, equal);
    }

    VerifyRequest request(Scope scope, Consistency consistency) {
        return VerifyRequest.of(scope, consistency)
                .withThreads(threads)
                .within(deadline)
                .without(known.stream()
                        .filter(table -> scope.includes(table.table()))
                        .toList())
                .throttledBy(new AnsweringThrottle(throttle)::reasonToPause);
    }

    VerifyListener listener() {
        return listener;
    }
}
