// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server, or a check, said no. The failing call changed nothing and repeating it is pointless until somebody changes something.
 */
public final class StepRefusedException extends StepException {
    private static final long serialVersionUID = 1L;

    public StepRefusedException(Problem problem) {
        this(problem, null);
    }

    public StepRefusedException(Problem problem, @Nullable Throwable cause) {
        super(List.of(problem), Effect.NONE, cause);
    }
}
