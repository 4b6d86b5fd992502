// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepOutcomeUnknownException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.error.StepUnavailableException;

/** A way in which a mock server's call fails. Immutable and thread-safe. */
public enum MockFailure {
    /** The server is out of reach: surely not applied, a retry may help. */
    UNAVAILABLE,
    /** The server says no: not applied, a retry is pointless. */
    REFUSED,
    /** The connection breaks after the server has done it: applied, and nobody was told. */
    LOST_ANSWER,
    /** The connection breaks before the server has heard of it: not applied, and nobody was told. */
    LOST_QUESTION;

    /** The same as {@link #UNAVAILABLE}, to be read in a sentence. */
    public static MockFailure unavailable() {
        return UNAVAILABLE;
    }

    /** The same as {@link #UNAVAILABLE}, to be read in a sentence. */
    public static MockFailure transientError() {
        return UNAVAILABLE;
    }

    /** The same as {@link #REFUSED}, to be read in a sentence. */
    public static MockFailure refused() {
        return REFUSED;
    }

    /** The same as {@link #LOST_ANSWER}, to be read in a sentence. */
    public static MockFailure lostAnswer() {
        return LOST_ANSWER;
    }

    /** The same as {@link #LOST_QUESTION}, to be read in a sentence. */
    public static MockFailure lostQuestion() {
        return LOST_QUESTION;
    }

    boolean takesEffect() {
        return this == LOST_ANSWER;
    }

    StepException exception(String what) {
        return switch (this) {
            case UNAVAILABLE -> new StepUnavailableException(Problem.of(MockCode.UNAVAILABLE, what));
            case REFUSED -> new StepRefusedException(Problem.of(MockCode.REFUSED, what));
            case LOST_ANSWER, LOST_QUESTION -> new StepOutcomeUnknownException(Problem.of(MockCode.LOST, what));
        };
    }
}
