// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.error;

import java.util.List;

/** An engine is missing, given twice, or was built for another version of the SPI. Nothing was changed. */
public final class EngineException extends SluiceException {
    private static final long serialVersionUID = 1L;

    /** Tells that this is wrong with an engine; the effect is {@link Effect#NONE}. */
    public EngineException(Problem problem) {
        super(problem.toString(), List.of(problem), Effect.NONE, null);
    }

    /** The same with what caused it. */
    public EngineException(Problem problem, Throwable cause) {
        super(problem.toString(), List.of(problem), Effect.NONE, cause);
    }
}
