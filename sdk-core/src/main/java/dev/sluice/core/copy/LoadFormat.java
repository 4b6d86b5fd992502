// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.mysql.LoadOutcome;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.RawValue;
import java.io.ByteArrayInputStream;
import java.util.List;

/**
 * {@code LOAD DATA LOCAL} from a stream: columns between tabs, rows between line feeds, backslash before what would be taken for one
 * of these, {@code \N} for NULL.
 *
 * @param packet the replica's {@code max_allowed_packet}, which bounds what its functions return
 */
record LoadFormat(long packet) implements RowFormat {
    private static final byte[] ESCAPES = Escapes.table("\0" + "0", "\t" + "t", "\n" + "n", "\\\\");

    @Override
    public byte[] head(TransferStatements statements) {
        return new byte[0];
    }

    @Override
    public long size(TransferStatements statements, RawValue[] row) {
        List<ColumnForm> forms = statements.forms();
        long size = Math.max(1, row.length);
        for (int i = 0; i < row.length; i++) {
            RawValue value = row[i];
            size += value.isNull() ? 2 : Escapes.size(value, ESCAPES);
            if (!value.isNull() && forms.get(i).isConverted() && value.length() >= packet) {
                // The conversion would return NULL with a warning.
                return Long.MAX_VALUE;
            }
        }
        return size;
    }

    @Override
    public void append(TransferStatements statements, RawValue[] row, Batch batch) {
        for (int i = 0; i < row.length; i++) {
            if (i > 0) {
                batch.put('\t');
            }
            RawValue value = row[i];
            if (value.isNull()) {
                batch.put('\\');
                batch.put('N');
            } else {
                batch.put(value, ESCAPES);
            }
        }
        batch.put('\n');
    }

    @Override
    public Confirmation send(Batch batch, MySqlSession session) {
        LoadOutcome outcome = session.loadLocal(
                batch.table().statements().load(), new ByteArrayInputStream(batch.bytes(), 0, batch.length()));
        return new Confirmation(
                outcome.records() - outcome.skipped(),
                outcome.skipped() + outcome.deleted(),
                outcome.warnings(),
                outcome.warnings() == 0 ? List.of() : Warnings.kinds(session));
    }

    /** The stream has no limit; memory has. */
    @Override
    public long largest() {
        return Escapes.LONGEST_ARRAY;
    }
}
