// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy.random;

import java.util.function.Function;

/**
 * A type of column, and values for it.
 *
 * @param sql as a definition has it
 * @param family what can be done with it
 * @param length characters, bytes or digits, where keys have to know
 * @param keyBytes how much of a key a whole value takes
 * @param value makes a literal
 */
record ColumnType(String sql, Family family, int length, int keyBytes, Function<Dice, String> value) {
    /** What can be done with a column. */
    enum Family {
        INTEGER,
        DECIMAL,
        FLOATING,
        BIT,
        DATE,
        TIME,
        YEAR,
        TEXT,
        LONG_TEXT,
        BYTES,
        LONG_BYTES,
        ENUM,
        SET,
        JSON,
        GEOMETRY;

        boolean needsPrefix() {
            return this == LONG_TEXT || this == LONG_BYTES;
        }

        boolean takesPrefix() {
            return needsPrefix() || this == TEXT || this == BYTES;
        }
    }

    ColumnType(String sql, Family family, Function<Dice, String> value) {
        this(sql, family, 0, 12, value);
    }

    boolean canBeKey() {
        boolean empty = length == 0 && (family == Family.TEXT || family == Family.BYTES);
        return !empty && family != Family.JSON && family != Family.GEOMETRY;
    }
}
