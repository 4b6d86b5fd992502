// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.operation;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * What a person is to tell when an action was done, because no server can be asked for it. Immutable and thread-safe.
 *
 * @param text what is asked for, for people; no secret is ever asked for
 * @param pattern a regular expression that a whole answer matches
 */
public record Question(String text, String pattern) {
    public Question {
        requireNonNull(text, "text");
        requireNonNull(pattern, "pattern");
        var unused = Pattern.compile(pattern);
    }

    /** Whether this can be the answer. */
    public boolean isAnsweredBy(String answer) {
        return Pattern.compile(pattern).matcher(answer).matches();
    }
}
