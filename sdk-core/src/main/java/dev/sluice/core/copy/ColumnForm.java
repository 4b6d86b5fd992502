// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.catalog.ColumnDefinition;
import dev.sluice.core.mysql.RawValue;

/** How the values of a column travel, so that what arrives is what was stored. */
enum ColumnForm {
    /** The bytes that the server stores, whatever their character set, or the text of a number or a time. */
    PLAIN("", ""),
    /**
     * A FLOAT's text has six digits, which is too few to get it back; as a DOUBLE it has all that are needed. Multiplying keeps the
     * sign of zero, which adding would not. The ends of FLOAT(10,2) are stored as the nearest number, which can be beyond the
     * largest that the type takes: for it that largest one is sent, which is stored as the same again. A DOUBLE's text is exact, but
     * ZEROFILL puts zeros before the sign of zero, which no server takes again.
     */
    FLOAT("", "") {
        @Override
        String read(String column, String columnType) {
            String value = column + " * 1E0";
            return FloatLimit.of(columnType)
                    .map(limit -> "LEAST(GREATEST(" + value + ", -" + limit + "), " + limit + ")")
                    .orElse(value);
        }
    },
    /**
     * By its number: the error value, 0, has the same text as an empty member. It is the one value that no session can write without
     * a warning.
     */
    ENUM("CAST(", " AS UNSIGNED)") {
        @Override
        String read(String column, String columnType) {
            return written(column);
        }
    },
    /** By its number: no member and an empty member have the same text. */
    SET("CAST(", " AS UNSIGNED)") {
        @Override
        String read(String column, String columnType) {
            return written(column);
        }
    },
    /** Its text, with a character set: a JSON column takes no bytes without one. */
    JSON("CONVERT(", " USING utf8mb4)");

    private final String before;
    private final String after;

    ColumnForm(String before, String after) {
        this.before = before;
        this.after = after;
    }

    static ColumnForm of(ColumnDefinition column) {
        return switch (column.dataType()) {
            case "float" -> FLOAT;
            case "double" -> column.columnType().endsWith("zerofill") ? FLOAT : PLAIN;
            case "enum" -> ENUM;
            case "set" -> SET;
            case "json" -> JSON;
            default -> PLAIN;
        };
    }

    /** What reads the column of a type such as {@code float(10,2) unsigned}. */
    String read(String column, String columnType) {
        return column;
    }

    /** What has to be assigned to the column, given an expression of the bytes that were read. */
    String written(String value) {
        return before + value + after;
    }

    /** What stands before the value in {@link #written}. */
    String before() {
        return before;
    }

    /** What stands behind it. */
    String after() {
        return after;
    }

    boolean isConverted() {
        return !before.isEmpty();
    }

    /** Whether this value is an ENUM's error value. */
    boolean isErrorValue(RawValue value) {
        return this == ENUM && value.length() == 1 && value.bytes()[value.offset()] == '0';
    }
}
