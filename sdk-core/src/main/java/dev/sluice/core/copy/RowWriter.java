// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects rows as {@code LOAD DATA} reads them: columns between tabs, rows between line feeds, backslash before what would be
 * taken for one of these, {@code \N} for NULL. Not thread-safe.
 */
final class RowWriter {
    private static final byte[] ESCAPES = new byte[256];

    static {
        ESCAPES[0] = '0';
        ESCAPES['\t'] = 't';
        ESCAPES['\n'] = 'n';
        ESCAPES['\\'] = '\\';
    }

    private byte[] buffer;
    private int length;
    private int rows;

    RowWriter(int capacity) {
        this.buffer = new byte[capacity];
    }

    /** Adds one value of the current row. */
    void value(byte @Nullable [] value, int column) {
        if (column > 0) {
            reserve(1);
            buffer[length++] = '\t';
        }
        if (value == null) {
            reserve(2);
            buffer[length++] = '\\';
            buffer[length++] = 'N';
        } else {
            escape(value);
        }
    }

    private void escape(byte[] value) {
        reserve(value.length);
        int spare = buffer.length - length - value.length;
        for (int i = 0; i < value.length; i++) {
            byte escape = ESCAPES[value[i] & 0xff];
            if (escape == 0) {
                buffer[length++] = value[i];
            } else {
                if (spare-- <= 0) {
                    reserve(2 * (value.length - i));
                    spare = buffer.length - length - (value.length - i) - 1;
                }
                buffer[length++] = '\\';
                buffer[length++] = escape;
            }
        }
    }

    void endRow() {
        reserve(1);
        buffer[length++] = '\n';
        rows++;
    }

    private void reserve(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, (int)
                    Math.min(Integer.MAX_VALUE - 16L, Math.max(buffer.length * 2L, length + (long) more)));
        }
    }

    int length() {
        return length;
    }

    int rows() {
        return rows;
    }

    /** The rows so far; the writer is not used afterwards. */
    byte[] buffer() {
        return buffer;
    }
}
