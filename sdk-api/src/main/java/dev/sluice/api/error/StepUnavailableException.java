// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The call surely was not applied and may succeed when repeated: a server out of reach, a deadlock, too many connections.
 */
public final class StepUnavailableException extends StepException {
    private static final long serialVersionUID = 1L;

    /** A failure that may pass; the effect is {@link Effect#NONE}. Nothing else caused it. */
    public StepUnavailableException(Problem problem) {
        this(problem, null);
    }

    /**
     * A failure that may pass; the effect is {@link Effect#NONE}.
     *
     * @param cause what the driver or a client threw, or null
     */
    public StepUnavailableException(Problem problem, @Nullable Throwable cause) {
        super(List.of(problem), Effect.NONE, cause);
    }
}
