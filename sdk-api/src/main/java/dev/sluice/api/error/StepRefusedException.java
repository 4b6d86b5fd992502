// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server, or a check, said no. The failing call changed nothing and repeating it is pointless until somebody changes something.
 */
public final class StepRefusedException extends StepException {
    private static final long serialVersionUID = 1L;

    /** A no of the server or of a check; the effect is {@link Effect#NONE}. Nothing else caused it. */
    public StepRefusedException(Problem problem) {
        this(problem, null);
    }

    /**
     * A no of the server or of a check; the effect is {@link Effect#NONE}.
     *
     * @param cause what the driver or a client threw, or null
     */
    public StepRefusedException(Problem problem, @Nullable Throwable cause) {
        super(List.of(problem), Effect.NONE, cause);
    }
}
