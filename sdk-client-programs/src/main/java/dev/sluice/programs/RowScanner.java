// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.programs;

import dev.sluice.api.plan.TableName;
import dev.sluice.core.dump.DumpListener;
import org.jspecify.annotations.Nullable;

/**
 * Counts the rows in a dump that flows by, for people who watch: it knows how {@code mysqldump} writes, and no SQL. For one dump and
 * one thread.
 */
final class RowScanner {
    private final DumpListener listener;
    private final DumpLine line = new DumpLine();
    private final RowEnds ends = new RowEnds();
    private String database = "";
    private @Nullable TableName table;
    private long rows;
    private long bytes;

    RowScanner(DumpListener listener) {
        this.listener = listener;
    }

    /** These bytes of the dump went by. */
    void passed(byte[] buffer, int length) {
        long rowsBefore = rows;
        for (int i = 0; i < length; i++) {
            take(buffer[i]);
        }
        if (rows > rowsBefore) {
            tell();
        }
    }

    private void take(byte b) {
        switch (line.take(b)) {
            case ROWS_BEGIN -> begin(line.name());
            case ROWS -> {
                bytes++;
                if (ends.isRowEnd(b)) {
                    rows++;
                }
            }
            case DATABASE -> database = line.name();
            default -> {}
        }
    }

    /** A table's rows come in any number of statements. */
    private void begin(String name) {
        ends.reset();
        if (database.isEmpty() || name.isEmpty()) {
            return;
        }
        TableName next = TableName.of(database, name);
        if (!next.equals(table)) {
            tell();
            table = next;
            rows = 0;
            bytes = 0;
        }
    }

    private void tell() {
        TableName current = table;
        if (current != null) {
            listener.rows(current, rows, bytes);
        }
    }
}
