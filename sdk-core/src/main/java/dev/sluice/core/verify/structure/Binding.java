// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify.structure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How tightly each term of a sequence binds its neighbours, as far as it is an operator. Immutable.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/operator-precedence.html">MySQL: operator precedence</a>
 */
final class Binding {
    /** No operator: a value, a name, the call of a function. */
    static final int OPERAND = 100;

    /** Ends an expression: a comma, WHERE, the end of the sequence. */
    static final int END = 0;

    /** Something of which nothing is known here. */
    static final int UNKNOWN = -1;

    /** Up to here it does not matter which of several is done first: OR, XOR and AND. */
    static final int AND = 3;

    private static final int NOT = 4;
    private static final int COMPARISON = 6;
    private static final int SUM = 10;
    private static final int PRODUCT = 11;
    private static final int SIGN = 13;

    private static final Map<String, Integer> SYMBOLS = Map.ofEntries(
            Map.entry(",", END),
            Map.entry("||", 1),
            Map.entry("&&", AND),
            Map.entry("=", COMPARISON),
            Map.entry("<=>", COMPARISON),
            Map.entry(">=", COMPARISON),
            Map.entry(">", COMPARISON),
            Map.entry("<=", COMPARISON),
            Map.entry("<", COMPARISON),
            Map.entry("<>", COMPARISON),
            Map.entry("!=", COMPARISON),
            Map.entry("|", 7),
            Map.entry("&", 8),
            Map.entry("<<", 9),
            Map.entry(">>", 9),
            Map.entry("+", SUM),
            Map.entry("-", SUM),
            Map.entry("*", PRODUCT),
            Map.entry("/", PRODUCT),
            Map.entry("%", PRODUCT),
            Map.entry("^", 12),
            Map.entry("~", SIGN),
            Map.entry("!", 14),
            Map.entry("->", 16),
            Map.entry("->>", 16),
            Map.entry("@", 19),
            Map.entry(".", 20));

    private static final Map<String, Integer> WORDS = Map.ofEntries(
            Map.entry("or", 1),
            Map.entry("xor", 2),
            Map.entry("and", AND),
            Map.entry("between", 5),
            Map.entry("is", COMPARISON),
            Map.entry("in", COMPARISON),
            Map.entry("like", COMPARISON),
            Map.entry("escape", COMPARISON),
            Map.entry("regexp", COMPARISON),
            Map.entry("rlike", COMPARISON),
            Map.entry("div", PRODUCT),
            Map.entry("mod", PRODUCT),
            Map.entry("collate", 15));

    /** After these an expression begins, or ends before them. */
    private static final Set<String> KEYWORDS = Set.of(
            "as",
            "asc",
            "by",
            "case",
            "desc",
            "distinct",
            "else",
            "end",
            "from",
            "group",
            "having",
            "limit",
            "on",
            "order",
            "select",
            "separator",
            "then",
            "union",
            "when",
            "where");

    /** What has parts of its own, whose parentheses are left alone. */
    private static final Set<String> PARTS = Set.of(
            "case",
            "except",
            "from",
            "interval",
            "intersect",
            "join",
            "limit",
            "order",
            "over",
            "select",
            "separator",
            "straight_join",
            "union",
            "using");

    private final List<Integer> strengths = new ArrayList<>();

    Binding(List<Term> terms) {
        boolean isBetween = false;
        for (int i = 0; i < terms.size(); i++) {
            Term term = terms.get(i);
            int strength = strength(term, i > 0 && endsOperand(terms.get(i - 1), strengths.get(i - 1)));
            if (isBetween && term.isWord("and")) {
                strength = COMPARISON;
                isBetween = false;
            }
            isBetween |= term.isWord("between");
            strengths.add(strength);
        }
    }

    /** The same sign stands before a value or between two of them. */
    private static int strength(Term term, boolean followsOperand) {
        if (term.isWord("not")) {
            return followsOperand ? COMPARISON : NOT;
        }
        if (term.isSymbol("-") || term.isSymbol("+")) {
            return followsOperand ? SUM : SIGN;
        }
        if (!(term instanceof Piece piece)) {
            return OPERAND;
        }
        return switch (piece.kind()) {
            case SYMBOL -> SYMBOLS.getOrDefault(piece.text(), UNKNOWN);
            case WORD -> WORDS.getOrDefault(piece.text(), KEYWORDS.contains(piece.text()) ? END : OPERAND);
            default -> OPERAND;
        };
    }

    private static boolean endsOperand(Term term, int strength) {
        return strength == OPERAND || term.isWord("end");
    }

    /** What stands left of a term: its strength, if parentheses there can only group. */
    int before(int index, List<Term> terms) {
        if (index == 0) {
            return END;
        }
        // A name or a word, such as a function's, takes what is in parentheses as its own.
        int strength = strengths.get(index - 1);
        boolean endsHere =
                terms.get(index - 1).isWord("from") || terms.get(index - 1).isWord("end");
        return strength == OPERAND || endsHere ? UNKNOWN : strength;
    }

    /** What stands right of a term; words that are no operators end what is before them. */
    int after(int index, List<Term> terms) {
        if (index + 1 == terms.size()) {
            return END;
        }
        int strength = strengths.get(index + 1);
        @Nullable Piece next = terms.get(index + 1) instanceof Piece piece ? piece : null;
        boolean isWord = next != null && next.kind() == Piece.Kind.WORD;
        return strength != OPERAND ? strength : isWord ? END : UNKNOWN;
    }

    /** The operator that is done last; {@link #UNKNOWN} where it is no single expression. */
    int weakest(List<Term> terms) {
        return terms.stream().anyMatch(Binding::divides)
                ? UNKNOWN
                : strengths.stream().mapToInt(Integer::intValue).min().orElse(UNKNOWN);
    }

    private static boolean divides(Term term) {
        return term.isSymbol(",")
                || (term instanceof Piece piece
                        && piece.kind() == Piece.Kind.WORD
                        && (PARTS.contains(piece.text()) || KEYWORDS.contains(piece.text())));
    }
}
