// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

/**
 * Rows of one table that one reader reads in one go: all of them, those of some partitions, or a range of the key. Immutable and thread-safe.
 *
 * @param table the table
 * @param part which rows, as it stands behind the table's name; {@code ""} for all
 * @param bytes how much it is, if the server's statistics are right
 */
record RowUnit(TableCopy table, String part, long bytes) {
    static RowUnit whole(TableCopy table) {
        return new RowUnit(table, "", table.definition().estimatedBytes());
    }

    String select() {
        return table.statements().select() + part;
    }

    /** Whether reading it takes no time worth mentioning, if the server's statistics are right. */
    boolean isSmall() {
        return bytes < 1 << 20;
    }
}
