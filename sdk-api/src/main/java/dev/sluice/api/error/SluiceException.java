// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything that Sluice throws for a reason of its own. Wrong arguments are plain
 * {@link IllegalArgumentException} or {@link NullPointerException}.
 *
 * <p>The message is one or more lines without any secret; {@link #problems()} has the same as data.
 */
public abstract class SluiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;
    private final Effect effect;

    SluiceException(String message, List<Problem> problems, Effect effect, @Nullable Throwable cause) {
        super(message, cause);
        this.problems = List.copyOf(problems);
        this.effect = effect;
    }

    /** Everything that is wrong, at least one. */
    public List<Problem> problems() {
        return problems;
    }

    /** The code of the first problem. */
    public ErrorCode code() {
        return problems.get(0).code();
    }

    /** What the failing call did to the database. */
    public Effect effect() {
        return effect;
    }
}
