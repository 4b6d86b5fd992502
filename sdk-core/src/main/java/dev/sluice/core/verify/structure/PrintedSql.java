// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify.structure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Takes an expression or a query apart, as a server prints it. What stands in quotes stays as it is. One thread, one use. */
final class PrintedSql {
    /** Those of more than one character, longest first. */
    private static final List<String> SYMBOLS =
            List.of("<=>", "->>", "<=", ">=", "<>", "!=", "||", "&&", "<<", ">>", "->", ":=");

    private final String text;
    private int at;

    private PrintedSql(String text) {
        this.text = text;
    }

    /** The terms of a text. A parenthesis without its counterpart is a mark like any other. */
    static List<Term> terms(String text) {
        return grouped(new PrintedSql(text).pieces());
    }

    private static List<Term> grouped(List<Piece> pieces) {
        Deque<List<Term>> open = new ArrayDeque<>();
        List<Term> current = new ArrayList<>();
        for (Piece piece : pieces) {
            if (piece.isSymbol("(")) {
                open.push(current);
                current = new ArrayList<>();
            } else if (piece.isSymbol(")") && !open.isEmpty()) {
                List<Term> outer = open.pop();
                outer.add(new Group(current));
                current = outer;
            } else {
                current.add(piece);
            }
        }
        while (!open.isEmpty()) {
            List<Term> outer = open.pop();
            outer.add(new Piece(Piece.Kind.SYMBOL, "("));
            outer.addAll(current);
            current = outer;
        }
        return current;
    }

    private List<Piece> pieces() {
        List<Piece> pieces = new ArrayList<>();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '\'') {
                pieces.add(new Piece(Piece.Kind.STRING, quoted()));
            } else if (c == '`') {
                pieces.add(new Piece(Piece.Kind.NAME, quoted()));
            } else if (c == '"') {
                pieces.add(new Piece(Piece.Kind.QUOTED, quoted()));
            } else {
                pieces.add(isOfWord(c) ? Piece.word(word()) : new Piece(Piece.Kind.SYMBOL, symbol()));
            }
        }
        return pieces;
    }

    /** What stands between quotes, which a second one or, but for identifiers, a backslash may stand before. */
    private String quoted() {
        char quote = text.charAt(at++);
        StringBuilder content = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            boolean isDoubled = c == quote && at < text.length() && text.charAt(at) == quote;
            if (c == '\\' && quote != '`' && at < text.length()) {
                content.append(Escapes.meant(text.charAt(at++)));
            } else if (isDoubled) {
                content.append(quote);
                at++;
            } else if (c == quote) {
                return content.toString();
            } else {
                content.append(c);
            }
        }
        return content.toString();
    }

    private static boolean isOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$' || Character.isSurrogate(c);
    }

    private String word() {
        int start = at;
        while (at < text.length() && isOfWord(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private String symbol() {
        String symbol = SYMBOLS.stream()
                .filter(known -> text.startsWith(known, at))
                .findFirst()
                .orElseGet(() -> text.substring(at, at + 1));
        at += symbol.length();
        return symbol;
    }
}
