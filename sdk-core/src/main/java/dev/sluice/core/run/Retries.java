// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.Cancellation;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The one place where something is tried again: what surely was not applied and may succeed later, a few times, or, where its code says that it
 * may take long, as long as the step has time. What is refused, or of unknown outcome, passes through. Thread-safe.
 */
final class Retries {
    private static final int CALL_ATTEMPTS = 150;

    private final RetryConfig config;
    /** For what passes by itself, but may take long. */
    private final RetryConfig patient;

    private final Cancellation cancellation;
    private final Consumer<String> heldUpBy;
    private final RunLog log;
    private final RetryBudget budget;

    Retries(RetryLimits limits, RetryBudget budget, Cancellation cancellation, RunLog log) {
        this.budget = budget;
        this.config = RetryConfig.custom()
                .maxAttempts(limits.maxAttempts())
                .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(
                        limits.firstPause(), 2.0, 0.3, limits.longestPause()))
                .retryExceptions(StepUnavailableException.class)
                .build();
        this.patient = times(Math.max(config.getMaxAttempts(), CALL_ATTEMPTS));
        this.cancellation = cancellation;
        this.heldUpBy = nothing -> {};
        this.log = log;
    }

    private Retries(
            Retries like,
            RetryConfig config,
            RetryConfig patient,
            Cancellation cancellation,
            Consumer<String> heldUpBy) {
        this.budget = like.budget;
        this.log = like.log;
        this.config = config;
        this.patient = patient;
        this.cancellation = cancellation;
        this.heldUpBy = heldUpBy;
    }

    private RetryConfig times(int attempts) {
        return RetryConfig.from(config).maxAttempts(attempts).build();
    }

    /** The same within the time of a step, which alone ends the patience with what may take long. */
    Retries within(StepTime time) {
        return new Retries(this, config, times(Integer.MAX_VALUE), time.cancellation(), time::heldUpBy);
    }

    /** With the patience that a cloud provider's API needs, which refuses to delete what is still being made: half an hour and more. */
    Retries ofCalls() {
        return new Retries(this, patient, patient, cancellation, heldUpBy);
    }

    <T> T call(StepKey step, Supplier<T> work) {
        Retry.AsyncContext<T> attempts = Retry.of(step.toString(), config).asyncContext();
        Retry.AsyncContext<T> patience = Retry.of(step.toString(), patient).asyncContext();
        for (int attempt = 1; ; attempt++) {
            cancellation.check();
            try {
                T result = work.get();
                attempts.onComplete();
                patience.onComplete();
                return result;
            } catch (StepUnavailableException failure) {
                boolean mayTakeLong = failure.code().retry() == ErrorCode.Retry.CAN_TAKE_LONG;
                pause(step, attempt, failure, (mayTakeLong ? patience : attempts).onError(failure), !mayTakeLong);
            }
        }
    }

    /** Resilience4j says how long, and -1 when it is enough. However few tries each single thing takes, all together have an end, too. */
    private void pause(StepKey step, int attempt, StepUnavailableException failure, long millis, boolean isCounted) {
        if (millis < 0) {
            throw failure;
        }
        Problem why = failure.problems().get(0);
        RetryBudget.Left left = isCounted ? budget.spend(step, why) : budget.left(step);
        Duration pause = Duration.ofMillis(millis);
        heldUpBy.accept(why.what());
        log.event((run, at) ->
                new RunEvent.RetryScheduled(run, at, step, attempt, pause, why, left.ofStep(), left.ofRun()));
        cancellation.sleep(pause);
        cancellation.check();
    }
}
