// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.error;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A step failed. The subtype and {@link #effect()} say what the failing call did. */
public abstract class StepException extends SluiceException {
    private static final long serialVersionUID = 1L;

    StepException(List<Problem> problems, Effect effect, @Nullable Throwable cause) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")), problems, effect, cause);
    }
}
