// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.mysql.ChangeOutcome;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.RawValue;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Inserts of many rows, where the replica takes no local files. Values are literals of bytes, so that bytes stay bytes.
 *
 * @param packet the replica's {@code max_allowed_packet}
 * @param literals how they are written
 */
record InsertFormat(long packet, Literals literals) implements RowFormat {
    private static final byte[] ESCAPES = Escapes.table("\0" + "0", "''", "\\\\");
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final String NULL = "NULL";

    /** Between the statement and what the protocol puts around it. */
    private static final int PACKET_RESERVE = 1024;

    /** How values are written. */
    enum Literals {
        /** Bytes in quotes: short, but the driver has to pass them on untouched. */
        ESCAPED("_binary'", "'"),
        /** Two digits a byte, which every driver passes on. Without a character set the server would take them for a number where it wants one. */
        HEXADECIMAL("_binary x'", "'");

        private final String before;
        private final String after;

        Literals(String before, String after) {
            this.before = before;
            this.after = after;
        }
    }

    static InsertFormat of(MySqlSession target, long packet) {
        return new InsertFormat(packet, target.sendsBytes() ? Literals.ESCAPED : Literals.HEXADECIMAL);
    }

    @Override
    public byte[] head(TransferStatements statements) {
        return statements.insert().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public long size(TransferStatements statements, RawValue[] row) {
        List<ColumnForm> forms = statements.forms();
        long size = 2L + Math.max(1, row.length);
        for (int i = 0; i < row.length; i++) {
            RawValue value = row[i];
            if (value.isNull()) {
                size += NULL.length();
            } else {
                size += forms.get(i).before().length()
                        + forms.get(i).after().length()
                        + literals.before.length()
                        + literals.after.length()
                        + (literals == Literals.ESCAPED ? Escapes.size(value, ESCAPES) : 2L * value.length());
            }
        }
        return size;
    }

    @Override
    public void append(TransferStatements statements, RawValue[] row, Batch batch) {
        List<ColumnForm> forms = statements.forms();
        batch.put('(');
        for (int i = 0; i < row.length; i++) {
            if (i > 0) {
                batch.put(',');
            }
            RawValue value = row[i];
            if (value.isNull()) {
                batch.putAscii(NULL);
            } else {
                put(value, forms.get(i), batch);
            }
        }
        batch.put(')');
        batch.put(',');
    }

    private void put(RawValue value, ColumnForm form, Batch batch) {
        batch.putAscii(form.before());
        batch.putAscii(literals.before);
        if (literals == Literals.ESCAPED) {
            batch.put(value, ESCAPES);
        } else {
            for (int i = 0; i < value.length(); i++) {
                byte b = value.bytes()[value.offset() + i];
                batch.put(HEX[(b >> 4) & 0xf]);
                batch.put(HEX[b & 0xf]);
            }
        }
        batch.putAscii(literals.after);
        batch.putAscii(form.after());
    }

    /** A strict session refuses the error value of an ENUM; any other makes a warning of it, and of everything else that fails. */
    @Override
    public Confirmation send(Batch batch, MySqlSession session) {
        if (batch.errorValues() == 0) {
            return insert(batch, session);
        }
        session.execute("SET SESSION sql_mode = '" + TargetSession.LAX_SQL_MODE + "'");
        try {
            return insert(batch, session);
        } finally {
            session.execute("SET SESSION sql_mode = '" + TargetSession.SQL_MODE + "'");
        }
    }

    private Confirmation insert(Batch batch, MySqlSession session) {
        int length = batch.length() - 1; // without the last comma
        ChangeOutcome outcome = literals == Literals.ESCAPED
                ? session.change(batch.bytes(), length)
                : changeText(new String(batch.bytes(), 0, length, StandardCharsets.UTF_8), session);
        return new Confirmation(
                outcome.rows(),
                batch.rows() - outcome.rows(),
                outcome.warnings(),
                outcome.warnings() == 0 ? List.of() : Warnings.kinds(session));
    }

    private static ChangeOutcome changeText(String statement, MySqlSession session) {
        long rows = session.executeUpdate(statement);
        return new ChangeOutcome(
                rows,
                session.queryValue("SHOW COUNT(*) WARNINGS")
                        .map(Long::parseLong)
                        .orElseThrow());
    }

    @Override
    public long largest() {
        return Math.min(packet, Escapes.LONGEST_ARRAY) - PACKET_RESERVE;
    }
}
