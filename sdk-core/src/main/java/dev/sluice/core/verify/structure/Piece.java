// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify.structure;

import java.util.Locale;

/**
 * A piece of an expression that cannot be taken apart. Immutable.
 *
 * @param kind what it is
 * @param text what it says: without quotes, in small letters if it is a word
 */
record Piece(Kind kind, String text) implements Term {
    /** What a piece can be. */
    enum Kind {
        /** A string in quotes. */
        STRING,
        /** An identifier in backticks. */
        NAME,
        /** Something in double quotes: an identifier or a string, as the modes say. */
        QUOTED,
        /** A keyword, a function, a number, or an identifier that nobody has quoted. */
        WORD,
        /** An operator or a mark. */
        SYMBOL
    }

    static Piece word(String text) {
        return new Piece(Kind.WORD, text.toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    @Override
    public boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    @Override
    public void writeTo(StringBuilder into) {
        String quote = switch (kind) {
            case STRING -> "'";
            case NAME -> "`";
            case QUOTED -> "\"";
            default -> "";
        };
        into.append(quote)
                .append(quote.isEmpty() ? text : text.replace("\\", "\\\\").replace(quote, "\\" + quote))
                .append(quote)
                .append(' ');
    }
}
