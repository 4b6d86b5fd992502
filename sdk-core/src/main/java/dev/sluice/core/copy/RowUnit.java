// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

/**
 * Rows of one table that one reader reads in one go: all of them, or a range of its key. Immutable and thread-safe.
 *
 * @param table the table
 * @param condition which rows, as the statement's {@code WHERE} has it; {@code ""} for all
 */
record RowUnit(TableCopy table, String condition) {
    static RowUnit whole(TableCopy table) {
        return new RowUnit(table, "");
    }

    String select() {
        String all = table.statements().select();
        return condition.isEmpty() ? all : all + " WHERE " + condition;
    }

    /** Whether reading it takes no time worth mentioning, if the server's statistics are right. */
    boolean isSmall() {
        return table.definition().estimatedBytes() < 1 << 20;
    }
}
