// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.Cancellation;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The one place where something is tried again: what surely was not applied and may succeed later. What is refused, or of unknown
 * outcome, passes through. Thread-safe.
 */
final class Retries {
    private static final int CALL_ATTEMPTS = 150;

    private final RetryConfig config;
    private final Cancellation cancellation;
    private final RunLog log;

    Retries(RetryLimits limits, Cancellation cancellation, RunLog log) {
        this.config = RetryConfig.custom()
                .maxAttempts(limits.maxAttempts())
                .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(
                        limits.firstPause(), 2.0, 0.3, limits.longestPause()))
                .retryExceptions(StepUnavailableException.class)
                .build();
        this.cancellation = cancellation;
        this.log = log;
    }

    private Retries(RetryConfig config, Cancellation cancellation, RunLog log) {
        this.config = config;
        this.cancellation = cancellation;
        this.log = log;
    }

    /** The same patience for something that ends earlier. */
    Retries endingWith(Cancellation earlier) {
        return new Retries(config, earlier, log);
    }

    /** With the patience that a cloud provider's API needs, which refuses to delete what is still being made: half an hour and more. */
    Retries ofCalls() {
        RetryConfig patient = RetryConfig.from(config)
                .maxAttempts(Math.max(config.getMaxAttempts(), CALL_ATTEMPTS))
                .build();
        return new Retries(patient, cancellation, log);
    }

    <T> T call(StepKey step, Supplier<T> work) {
        Retry.AsyncContext<T> attempts = Retry.of(step.toString(), config).asyncContext();
        for (int attempt = 1; ; attempt++) {
            cancellation.check();
            try {
                T result = work.get();
                attempts.onComplete();
                return result;
            } catch (StepUnavailableException failure) {
                pause(step, attempt, failure, attempts.onError(failure));
            }
        }
    }

    /** Resilience4j says how long, and -1 when it is enough. */
    private void pause(StepKey step, int attempt, StepUnavailableException failure, long millis) {
        if (millis < 0) {
            throw failure;
        }
        Duration pause = Duration.ofMillis(millis);
        log.event((run, at) -> new RunEvent.RetryScheduled(
                run, at, step, attempt, pause, failure.problems().get(0)));
        cancellation.sleep(pause);
        cancellation.check();
    }
}
