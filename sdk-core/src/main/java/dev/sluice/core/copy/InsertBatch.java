// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.core.catalog.ColumnDefinition;
import dev.sluice.core.mysql.MySqlSession;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows for one multi-row insert, where the replica takes no local files. Values are hexadecimal, so that bytes stay bytes. */
final class InsertBatch implements Batch {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private final TableCopy table;
    private final List<ColumnDefinition> columns;
    private final StringBuilder sql = new StringBuilder();
    private int rows;

    InsertBatch(TableCopy table) {
        this.table = table;
        this.columns = table.definition().storedColumns();
        sql.append(table.statements().insert());
    }

    @Override
    public void value(byte @Nullable [] value, int column) {
        sql.append(column > 0 ? "," : rows > 0 ? ",(" : "(");
        if (value == null) {
            sql.append("NULL");
        } else {
            sql.append(TransferStatements.stored(columns.get(column), hex(value)));
        }
    }

    private static String hex(byte[] value) {
        StringBuilder hex = new StringBuilder(value.length * 2 + 10).append("UNHEX('");
        for (byte b : value) {
            hex.append(HEX[(b >> 4) & 0xf]).append(HEX[b & 0xf]);
        }
        return hex.append("')").toString();
    }

    @Override
    public void endRow() {
        sql.append(columns.isEmpty() ? rows > 0 ? ",()" : "()" : ")");
        rows++;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int size() {
        return sql.length();
    }

    @Override
    public TableCopy table() {
        return table;
    }

    @Override
    public void write(MySqlSession session) {
        long inserted = session.executeUpdate(sql.toString());
        if (inserted != rows) {
            throw new StepRefusedException(Problem.of(
                    CopyCode.ROWS_NOT_CONFIRMED,
                    "Of " + rows + " rows of " + table.name() + " the replica inserted " + inserted
                            + Warnings.of(session)));
        }
    }
}
