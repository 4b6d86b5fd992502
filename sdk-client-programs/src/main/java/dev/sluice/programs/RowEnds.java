// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.programs;

/** Finds where the rows of a multi-row INSERT end: at a parenthesis outside of quotes that a comma or the statement's end follows. */
final class RowEnds {
    private int depth;
    private int quote;
    private boolean escaped;
    private boolean closed;

    void reset() {
        depth = 0;
        quote = 0;
        escaped = false;
        closed = false;
    }

    /** Whether a row has ended with this byte. A list of columns, which a blank follows, is no row. */
    boolean isRowEnd(byte b) {
        boolean afterClosing = closed;
        closed = false;
        if (quote != 0) {
            quoted(b);
            return false;
        }
        switch (b) {
            case '\'', '`' -> quote = b;
            case '(' -> depth++;
            case ')' -> closed = --depth == 0;
            case ',', ';' -> {
                return afterClosing;
            }
            default -> {}
        }
        return false;
    }

    private void quoted(byte b) {
        if (escaped) {
            escaped = false;
        } else if (b == '\\' && quote == '\'') {
            escaped = true;
        } else if (b == quote) {
            quote = 0;
        }
    }
}
