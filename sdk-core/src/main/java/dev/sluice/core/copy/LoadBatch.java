// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.core.mysql.LoadOutcome;
import dev.sluice.core.mysql.MySqlSession;
import java.io.ByteArrayInputStream;
import org.jspecify.annotations.Nullable;

/** Rows for {@code LOAD DATA LOCAL}. */
final class LoadBatch implements Batch {
    private final TableCopy table;
    private final RowWriter rows;

    LoadBatch(TableCopy table, int capacity) {
        this.table = table;
        this.rows = new RowWriter(capacity);
    }

    @Override
    public void value(byte @Nullable [] value, int column) {
        rows.value(value, column);
    }

    @Override
    public void endRow() {
        rows.endRow();
    }

    @Override
    public int rows() {
        return rows.rows();
    }

    @Override
    public int size() {
        return rows.length();
    }

    @Override
    public TableCopy table() {
        return table;
    }

    @Override
    public void write(MySqlSession session) {
        LoadOutcome outcome =
                session.loadLocal(table.statements().load(), new ByteArrayInputStream(rows.buffer(), 0, rows.length()));
        if (!outcome.isComplete(rows.rows())) {
            throw new StepRefusedException(Problem.of(
                    CopyCode.ROWS_NOT_CONFIRMED,
                    "Of " + rows.rows() + " rows of " + table.name() + " the replica confirmed " + outcome.records()
                            + ", skipped "
                            + outcome.skipped() + " and changed values with " + outcome.warnings() + " warnings"
                            + Warnings.of(session)));
        }
    }
}
