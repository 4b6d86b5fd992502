// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.spi.StepKey;
import java.util.HashMap;
import java.util.Map;

/** How many retries a run and each of its steps have left. Thread-safe. */
final class RetryBudget {
    private final RetryLimits limits;

    /** Guarded by this, as the next. */
    private final Map<StepKey, Integer> spent = new HashMap<>();

    private int spentByRun;

    RetryBudget(RetryLimits limits) {
        this.limits = limits;
    }

    /**
     * What is left.
     *
     * @param ofStep retries of the step
     * @param ofRun retries of the run
     */
    record Left(int ofStep, int ofRun) {
        boolean isNothing() {
            return ofStep <= 0 || ofRun <= 0;
        }
    }

    synchronized Left left(StepKey step) {
        return new Left(limits.perStep() - spent.getOrDefault(step, 0), limits.perRun() - spentByRun);
    }

    /**
     * One more retry.
     *
     * @param why something is tried again
     * @return what is left after it
     * @throws StepUnavailableException with the same code if nothing was left
     */
    synchronized Left spend(StepKey step, Problem why) {
        if (left(step).isNothing()) {
            throw new StepUnavailableException(
                    Problem.of(why.code(), why.what() + "; the retries of the step or of the run are used up"));
        }
        spent.merge(step, 1, Integer::sum);
        spentByRun++;
        return left(step);
    }
}
