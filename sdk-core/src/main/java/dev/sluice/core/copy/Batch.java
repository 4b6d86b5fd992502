// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.core.copy.RowFormat.Confirmation;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.RawValue;
import java.util.List;

/** Whole rows of one table on their way: the unit that the replica confirms. One thread at a time. */
final class Batch {
    private static final byte[] NO_BYTES = {};

    private final RowUnit unit;
    private final TableCopy table;
    private final RowFormat format;
    private byte[] bytes;
    private int length;
    private int rows;
    private int errorValues;

    Batch(RowUnit unit, RowFormat format, byte[] buffer) {
        this.unit = unit;
        this.table = unit.table();
        this.format = format;
        this.bytes = buffer;
        put(format.head(table.statements()));
    }

    /** Whether a row of this size still fits. */
    boolean takes(long size) {
        return length + size <= Math.min(bytes.length, format.largest());
    }

    void add(RawValue[] row) {
        format.append(table.statements(), row, this);
        rows++;
        if (table.statements().mayHoldErrorValues()) {
            countErrorValues(row);
        }
    }

    private void countErrorValues(RawValue[] row) {
        for (int i = 0; i < row.length; i++) {
            RawValue value = row[i];
            if (!value.isNull() && table.statements().forms().get(i).isErrorValue(value)) {
                errorValues++;
            }
        }
    }

    void put(int value) {
        bytes[length++] = (byte) value;
    }

    void put(byte[] value) {
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    void putAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
    }

    /** Puts a value with a backslash before each byte that the table of escapes names. */
    void put(RawValue value, byte[] escapes) {
        byte[] from = value.bytes();
        int end = value.offset() + value.length();
        int at = length;
        for (int i = value.offset(); i < end; i++) {
            byte b = from[i];
            byte escape = escapes[b & 0xff];
            if (escape == 0) {
                bytes[at++] = b;
            } else {
                bytes[at++] = '\\';
                bytes[at++] = escape;
            }
        }
        length = at;
    }

    /** Where its rows were read. */
    RowUnit unit() {
        return unit;
    }

    TableCopy table() {
        return table;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Lets go of the buffer, which the batch must not hold on to while its writer waits for the next one. */
    byte[] release() {
        byte[] buffer = bytes;
        bytes = NO_BYTES;
        return buffer;
    }

    /** The buffer's size, 0 without one. */
    int capacity() {
        return bytes.length;
    }

    int length() {
        return length;
    }

    int rows() {
        return rows;
    }

    /** ENUM error values among the rows: each of them makes one warning. */
    int errorValues() {
        return errorValues;
    }

    /**
     * Writes the rows in a transaction of their own.
     *
     * @throws StepRefusedException ROWS_NOT_CONFIRMED unless the replica took each of them as it was sent
     */
    void write(MySqlSession session) {
        Confirmation confirmation = format.send(this, session);
        if (confirmation.written() != rows
                || confirmation.leftOut() != 0
                || confirmation.warnings() != errorValues
                || !(errorValues == 0 || confirmation.kinds().equals(List.of(Warnings.TRUNCATED)))) {
            throw notConfirmed(confirmation);
        }
    }

    private StepRefusedException notConfirmed(Confirmation confirmation) {
        String kinds = confirmation.kinds().isEmpty() ? "" : " (MySQL " + String.join(", ", confirmation.kinds()) + ")";
        return new StepRefusedException(Problem.of(
                CopyCode.ROWS_NOT_CONFIRMED,
                "Of " + rows + " rows of " + table.name() + " that were sent the replica took "
                        + confirmation.written() + ", left out " + confirmation.leftOut() + " and gave "
                        + confirmation.warnings() + " warnings" + kinds + " where " + errorValues
                        + " were to be expected"));
    }
}
