// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.error;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is wrong, told completely: what, why and the remedy. Immutable and thread-safe.
 *
 * @param code the stable code
 * @param what what is wrong, with the values of this case and never with a secret
 * @param remedy what a person can do about it, with the values of this case
 */
public record Problem(ErrorCode code, String what, String remedy) {
    public Problem {
        requireNonNull(code, "code");
        requireNonNull(what, "what");
        requireNonNull(remedy, "remedy");
    }

    /** A problem whose remedy is the general one of its code. */
    public static Problem of(ErrorCode code, String what) {
        return new Problem(code, what, code.remedy());
    }

    /** A problem with a remedy for this very case. */
    public static Problem of(ErrorCode code, String what, String remedy) {
        return new Problem(code, what, remedy);
    }

    /** One line: what, the code, and the remedy. */
    @Override
    public String toString() {
        return what + " (" + code.id() + "). Remedy: " + remedy;
    }
}
