// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.console;

/** Text of servers and of other people, made harmless: a name of a table may hold anything, orders to the terminal included. */
final class Printable {
    private Printable() {}

    /** In one line, without control characters and such as turn the direction of writing. */
    static String line(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(each -> plain.appendCodePoint(isHarmless(each) ? each : replacement(each)));
        return plain.toString();
    }

    private static boolean isHarmless(int each) {
        return !Character.isISOControl(each)
                && Character.getType(each) != Character.FORMAT
                && Character.getType(each) != Character.LINE_SEPARATOR
                && Character.getType(each) != Character.PARAGRAPH_SEPARATOR
                && Character.getType(each) != Character.SURROGATE;
    }

    private static int replacement(int each) {
        return Character.isWhitespace(each) ? ' ' : '?';
    }

    /** At most so many characters, the end of it where it is too long: names often begin alike. */
    static String shortened(String text, int most) {
        String plain = line(text);
        int length = plain.codePointCount(0, plain.length());
        if (length <= most) {
            return plain;
        }
        return ".." + plain.substring(plain.offsetByCodePoints(0, length - Math.max(0, most - 2)));
    }
}
