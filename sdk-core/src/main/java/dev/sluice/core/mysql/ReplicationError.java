// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An error that stopped one half of a channel. Immutable and thread-safe.
 *
 * @param number MySQL's error number
 * @param text the server's text without the statement that failed, which could hold a secret
 */
public record ReplicationError(int number, String text) {
    /** What a change meets that needs something which the scope leaves out, or that nobody copied. */
    private static final Set<Integer> NOT_THERE = Set.of(1008, 1049, 1051, 1146, 1305, 1539);

    /** Connections, host, login, TLS, plugins, accounts: what a server says to a client that it does not let in. */
    private static final Set<Integer> REFUSALS =
            Set.of(1040, 1043, 1044, 1045, 1129, 1130, 1203, 1226, 1251, 1862, 2026, 2059, 2061, 3118, 3159);

    /** Also matches where the server cut the text off in the middle of the statement. */
    private static final Pattern STATEMENT = Pattern.compile("(?is)(Query: ').*('|$)");

    static Optional<ReplicationError> of(String number, String text) {
        return number.isEmpty() || number.equals("0")
                ? Optional.empty()
                : Optional.of(new ReplicationError(Integer.parseInt(number), withoutStatement(text)));
    }

    /** An error's text without the statement that failed, which could hold a secret. */
    public static String withoutStatement(String text) {
        return STATEMENT.matcher(text).replaceAll("$1…'");
    }

    /** Whether an applier met a change that needs a database, table, routine or event which the replica does not hold. */
    public boolean isOutsideCopy() {
        return NOT_THERE.contains(number);
    }

    /** Whether it is the answer of a source that was reached and does not let the receiver in. */
    public boolean isRefusal() {
        return REFUSALS.contains(number);
    }

    @Override
    public String toString() {
        return "error " + number + ", " + text;
    }
}
