// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.estimate;

import dev.sluice.core.mysql.RawValue;
import java.io.ByteArrayOutputStream;

/** Keeps rows as lines of one column each, in the form of LOAD DATA, up to a limit. Not thread-safe. */
final class SampleText {
    static final int MOST_BYTES = 4 << 20;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    /** How many bytes the copy would send for the row, but for what it has to escape. */
    long add(RawValue[] row) {
        long bytes = row.length;
        for (RawValue value : row) {
            bytes += value.isNull() ? 2 : value.length();
        }
        if (kept.size() + 2 * bytes < MOST_BYTES) {
            keep(row);
        }
        return bytes;
    }

    private void keep(RawValue[] row) {
        for (RawValue value : row) {
            for (int i = 0; i < value.length(); i++) {
                keep(value.bytes()[value.offset() + i]);
            }
            kept.write(' ');
        }
        kept.write('\n');
    }

    private void keep(byte value) {
        if (value == '\t' || value == '\n' || value == '\\') {
            kept.write('\\');
        }
        kept.write(value);
    }

    byte[] bytes() {
        return kept.toByteArray();
    }
}
