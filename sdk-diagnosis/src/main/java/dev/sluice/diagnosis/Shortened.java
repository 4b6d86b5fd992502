// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Server texts as evidence shows them: on one line, with long values cut, and nothing that could hold a password. */
final class Shortened {
    private static final int MOST = 400;
    private static final int MOST_OF_A_VALUE = 64;
    private static final Pattern QUOTED = Pattern.compile("'([^']{" + (MOST_OF_A_VALUE + 1) + ",})'");

    /** Statements about accounts hold hashes of passwords, from which passwords can be guessed. */
    private static final Pattern SECRET = Pattern.compile("(?is)\\b(IDENTIFIED|PASSWORD)\\b");

    private Shortened() {}

    /** For texts that quote the message of another server as a whole. */
    static String message(String text) {
        return cut(text.replaceAll("\\s+", " ").strip());
    }

    /** For texts that quote values. */
    static String text(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        String values = QUOTED.matcher(line)
                .replaceAll(
                        match -> Matcher.quoteReplacement("'" + match.group(1).substring(0, MOST_OF_A_VALUE) + "…'"));
        return cut(values);
    }

    private static String cut(String line) {
        return line.length() <= MOST ? line : line.substring(0, MOST) + "…";
    }

    /** A statement, unless it could hold a secret. */
    static String statement(String sql) {
        return SECRET.matcher(sql).find() ? "(a statement about an account or a password, left out)" : text(sql);
    }
}
