// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run ended before its goal: it failed, was cancelled, or lost its replica to another run. {@link #effect()} is about the
 * call that failed last; the run's result says what became of earlier steps.
 */
public final class RunStoppedException extends SluiceException {
    private static final long serialVersionUID = 1L;

    /**
     * Tells why a run ended before its goal.
     *
     * @param effect what the call that failed last did to the database
     * @param cause the failure or cancellation that ended it, or null
     */
    public RunStoppedException(Problem problem, Effect effect, @Nullable Throwable cause) {
        super(problem.toString(), List.of(problem), effect, cause);
    }
}
