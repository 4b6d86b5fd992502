// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An error that stopped one half of a channel. Immutable and thread-safe.
 *
 * @param number MySQL's error number
 * @param text the server's text without the statement that failed, which could hold a secret
 */
public record ReplicationError(int number, String text) {
    /** Also matches where the server cut the text off in the middle of the statement. */
    private static final Pattern STATEMENT = Pattern.compile("(?is)(Query: ').*('|$)");

    static Optional<ReplicationError> of(String number, String text) {
        return number.isEmpty() || number.equals("0")
                ? Optional.empty()
                : Optional.of(new ReplicationError(Integer.parseInt(number), withoutStatement(text)));
    }

    private static String withoutStatement(String text) {
        return STATEMENT.matcher(text).replaceAll("$1…'");
    }

    @Override
    public String toString() {
        return "error " + number + ", " + text;
    }
}
