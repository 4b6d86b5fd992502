// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import java.util.ArrayList;
import java.util.List;

/**
 * A table's definition as {@code SHOW CREATE TABLE} prints it, taken apart: what stands before the list of columns, keys and
 * constraints, the list, and what stands behind it. Immutable and thread-safe.
 *
 * @param head up to the parenthesis
 * @param elements columns, then keys, then constraints
 * @param tail from the closing parenthesis on
 */
record CreateTable(String head, List<String> elements, String tail) {
    private static final String BEGIN = " (\n  ";
    private static final String BETWEEN = ",\n  ";
    private static final String END = "\n)";

    CreateTable {
        elements = List.copyOf(elements);
    }

    /**
     * Takes it apart. A text in other words than servers are known to use stays in one piece, as a head alone, so that nothing can
     * be lost.
     */
    static CreateTable parse(String statement) {
        int begin = endOfQuoted(statement, statement.indexOf('`'));
        if (begin < 0 || !statement.startsWith(BEGIN, begin)) {
            return new CreateTable(statement, List.of(), "");
        }
        List<String> elements = new ArrayList<>();
        int element = begin + BEGIN.length();
        int at = element;
        while (at >= 0 && at < statement.length()) {
            char c = statement.charAt(at);
            if (c == '`' || c == '\'') {
                at = endOfQuoted(statement, at);
            } else if (statement.startsWith(BETWEEN, at)) {
                elements.add(statement.substring(element, at));
                at += BETWEEN.length();
                element = at;
            } else if (statement.startsWith(END, at)) {
                elements.add(statement.substring(element, at));
                return new CreateTable(statement.substring(0, begin), elements, statement.substring(at));
            } else {
                at++;
            }
        }
        return new CreateTable(statement, List.of(), "");
    }

    /** The place behind a name or text in quotes that begins there, or -1 if it has no end. */
    static int endOfQuoted(String text, int start) {
        if (start < 0) {
            return -1;
        }
        char quote = text.charAt(start);
        int at = start + 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\' && quote == '\'') {
                at += 2;
            } else if (c != quote) {
                at++;
            } else if (at + 1 < text.length() && text.charAt(at + 1) == quote) {
                at += 2;
            } else {
                return at + 1;
            }
        }
        return -1;
    }

    /** The statement with these elements instead. */
    String with(List<String> others) {
        return elements.isEmpty() ? head : head + BEGIN + String.join(BETWEEN, others) + tail;
    }
}
