// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connection was lost in the middle of a change, so the change may or may not be in place. Never repeated blindly: the step looks at the server first.
 */
public final class StepOutcomeUnknownException extends StepException {
    private static final long serialVersionUID = 1L;

    /** A change whose answer was lost; the effect is {@link Effect#UNKNOWN}. Nothing else caused it. */
    public StepOutcomeUnknownException(Problem problem) {
        this(problem, null);
    }

    /**
     * A change whose answer was lost; the effect is {@link Effect#UNKNOWN}.
     *
     * @param cause what the driver or a client threw, or null
     */
    public StepOutcomeUnknownException(Problem problem, @Nullable Throwable cause) {
        super(List.of(problem), Effect.UNKNOWN, cause);
    }
}
