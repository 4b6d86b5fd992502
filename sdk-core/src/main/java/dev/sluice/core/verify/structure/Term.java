// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify.structure;

import java.util.List;

/** A part of an expression: a piece, or what stands in parentheses. */
sealed interface Term permits Piece, Group {
    /** In a spelling in which two expressions are the same exactly if their terms are. */
    void writeTo(StringBuilder into);

    static String written(List<Term> terms) {
        StringBuilder text = new StringBuilder();
        terms.forEach(term -> term.writeTo(text));
        return text.toString().strip();
    }

    default boolean isWord(String word) {
        return false;
    }

    default boolean isSymbol(String symbol) {
        return false;
    }
}
