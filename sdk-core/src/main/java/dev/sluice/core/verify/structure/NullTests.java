// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify.structure;

/** Writes the tests for NULL of an expression as newer servers do: {@code isnull(a)} of 5.7 is {@code (a is null)} since 8.0. */
final class NullTests {
    private static final String FUNCTION = "isnull(";

    private NullTests() {}

    static String written(String printed) {
        StringBuilder text = new StringBuilder(printed);
        int start = text.indexOf(FUNCTION);
        while (start >= 0) {
            int end = closing(text, start + FUNCTION.length());
            if (end < 0) {
                return text.toString();
            }
            text.insert(end, " is null");
            text.delete(start, start + FUNCTION.length() - 1);
            start = text.indexOf(FUNCTION, start);
        }
        return text.toString();
    }

    /** Where the parenthesis closes that was opened before an index; -1 if nowhere. */
    private static int closing(CharSequence text, int from) {
        int depth = 1;
        boolean quoted = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '\'';
            if (!quoted && c == '(') {
                depth++;
            } else if (!quoted && c == ')' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }
}
