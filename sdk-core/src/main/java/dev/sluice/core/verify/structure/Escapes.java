// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify.structure;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Undoes how 8.0 and later show expressions of columns, indexes and checks: with a backslash before each quote and backslash, and with the
 * bytes of UTF-8 as if they were characters of its latin1. Queries of views are not shown so. Thread-safe: no state.
 */
final class Escapes {
    private Escapes() {}

    /**
     * The expression itself.
     *
     * @param otherwise whether it is shown so if it has no string, which would tell
     */
    static String undone(String shown, boolean otherwise) {
        int quote = firstQuote(shown);
        return (quote < 0 ? otherwise : isEscaped(shown, quote)) ? unescaped(decoded(shown)) : shown;
    }

    /** Where the first string begins, or -1. */
    private static int firstQuote(String shown) {
        boolean isName = false;
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            isName ^= c == '`';
            if (!isName && c == '\'') {
                return i;
            }
        }
        return -1;
    }

    /** Outside of quotes no expression has a backslash. */
    private static boolean isEscaped(String shown, int quote) {
        return quote > 0 && shown.charAt(quote - 1) == '\\';
    }

    private static String unescaped(String shown) {
        StringBuilder text = new StringBuilder(shown.length());
        for (int i = 0; i < shown.length(); i++) {
            boolean escapes = shown.charAt(i) == '\\' && i + 1 < shown.length();
            text.append(escapes ? meant(shown.charAt(++i)) : shown.charAt(i));
        }
        return text.toString();
    }

    /** What a character after a backslash stands for. */
    static char meant(char escaped) {
        return switch (escaped) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case '0' -> '\0';
            case 'Z' -> '\u001a';
            default -> escaped;
        };
    }

    private static String decoded(String shown) {
        if (shown.chars().allMatch(c -> c < 128)) {
            return shown;
        }
        try {
            ByteBuffer bytes = ByteBuffer.allocate(shown.length());
            for (int i = 0; i < shown.length(); i++) {
                bytes.put(latin1(shown.charAt(i)));
            }
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException asItIs) {
            return shown;
        }
    }

    private static byte latin1(char c) throws CharacterCodingException {
        return c < 0xA0
                ? (byte) c
                : Charset.forName("windows-1252")
                        .newEncoder()
                        .encode(CharBuffer.wrap(new char[] {c}))
                        .get();
    }
}
