// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.console;

/**
 * How large a terminal's window is. Immutable and thread-safe.
 *
 * @param columns characters a line, over zero
 * @param rows lines, over zero
 */
public record TerminalSize(int columns, int rows) {
    /** What bars need: in less room lines are printed instead. */
    static final TerminalSize LEAST = new TerminalSize(40, 10);

    /**
     * A size.
     *
     * @throws IllegalArgumentException if one of them is not over zero
     */
    public TerminalSize {
        if (columns < 1 || rows < 1) {
            throw new IllegalArgumentException("No window has " + columns + " columns and " + rows + " rows");
        }
    }

    boolean hasRoomForBars() {
        return columns >= LEAST.columns && rows >= LEAST.rows;
    }
}
