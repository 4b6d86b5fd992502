// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.VerifyOperation;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.core.copy.AnsweringThrottle;
import dev.sluice.core.verify.Consistency;
import dev.sluice.core.verify.Verifier;
import dev.sluice.core.verify.VerifyRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Compares both servers while replication goes on, or at one position, by as many threads as read a copy, and pauses for what a copy pauses for. */
record VerifyWork(RunSettings settings) {
    /**
     * So much before the step's deadline a comparison ends by itself, with a report in which what it had no time for is undecided: at the deadline
     * all is cancelled, and what was found would be lost. Of a short time it is a tenth.
     */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    VerificationReport compare(VerifyOperation operation, RunLive live, ApplierGuard guard) {
        return operation
                .exact()
                .map(exact -> throttled(
                        operation,
                        Consistency.STANDING_STILL,
                        live,
                        request -> new ExactVerifyWork(exact, request, live).compare(guard)))
                .orElseGet(() -> throttled(operation, Consistency.LIVE, live, request -> live(request, live)));
    }

    /** What an earlier process of the run has found equal is not compared again. */
    private static VerificationReport live(VerifyRequest request, RunLive live) {
        return new Verifier()
                .verify(
                        live.servers().connector(Target.SOURCE),
                        live.servers().connector(Target.REPLICA),
                        request.without(live.memory().compared()),
                        CompareProgress.journaling(live.log()),
                        live.time().cancellation());
    }

    private VerificationReport throttled(
            VerifyOperation operation,
            Consistency consistency,
            RunLive live,
            Function<VerifyRequest, VerificationReport> comparison) {
        try (CopyThrottles throttles =
                new CopyThrottles(settings.throttle(), settings.budget(), live.servers(), Target.SOURCE)) {
            return comparison.apply(VerifyRequest.of(operation.scope(), consistency)
                    .withThreads(settings.budget().now().readers())
                    .within(limit(Duration.between(
                            live.log().clock().instant(), live.time().deadline())))
                    .throttledBy(telling(throttles, live)));
        }
    }

    /** How long a comparison may take in a step that has so much time left. */
    static Duration limit(Duration left) {
        Duration tenth = left.dividedBy(10);
        Duration limit = left.minus(tenth.compareTo(MARGIN) < 0 ? tenth : MARGIN);
        return limit.isNegative() || limit.isZero() ? Duration.ofMillis(1) : limit;
    }

    /** The run tells its step why it is held up. */
    private static Supplier<Optional<String>> telling(CopyThrottles throttles, RunLive live) {
        AnsweringThrottle throttle = new AnsweringThrottle(throttles);
        return () -> {
            Optional<String> reason = throttle.reasonToPause();
            reason.ifPresent(why -> live.time().heldUpBy(why));
            return reason;
        };
    }
}
