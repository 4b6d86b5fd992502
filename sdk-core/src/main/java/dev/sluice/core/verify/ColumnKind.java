// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import java.util.List;
import java.util.Locale;

/**
 * How the values of a column are written so that equal values give equal bytes on every version of MySQL, and different values
 * give different bytes.
 */
enum ColumnKind {
    /** Whole numbers, DECIMAL, YEAR: their digits, without the zeros that ZEROFILL puts before them. */
    NUMBER {
        @Override
        List<String> texts(String column) {
            return List.of(column);
        }
    },
    ZEROFILL {
        @Override
        List<String> texts(String column) {
            return List.of(column + " + 0");
        }
    },
    /**
     * FLOAT and DOUBLE: their eight bytes as a DOUBLE, which stand in a point. As text a FLOAT shows six digits only, and since 8.0
     * the longest results of calculations lose their last digit.
     */
    APPROXIMATE {
        @Override
        List<String> texts(String column) {
            return List.of("SUBSTRING(POINT(" + column + ", 0), 10, 8)");
        }
    },
    /** BIT: as a number. */
    BIT {
        @Override
        List<String> texts(String column) {
            return List.of(column + " + 0");
        }
    },
    /** Dates and times: their text, with the session's time zone UTC. */
    TEMPORAL {
        @Override
        List<String> texts(String column) {
            return List.of(column);
        }
    },
    /** CHAR, VARCHAR, BINARY, VARBINARY: the stored bytes. */
    STRING {
        @Override
        List<String> texts(String column) {
            return List.of(column);
        }
    },
    /** ENUM and SET: number and text, since the error value '' and a member '' have the same text. */
    CHOICE {
        @Override
        List<String> texts(String column) {
            return List.of(column + " + 0", column);
        }
    },
    /** JSON: a checksum of its text, which depends on the version in the spelling of numbers; see {@link JsonMeaning}. */
    JSON {
        @Override
        List<String> texts(String column) {
            return LONG.texts(column);
        }
    },
    /** JSON in a table whose rows are known by their checksums only: as the server writes it after it has read it as text. */
    PARSED_JSON {
        @Override
        List<String> texts(String column) {
            return List.of("SHA2(" + parsed(column) + ", 256)");
        }
    },
    /**
     * The same where the servers spell numbers in two ways, which are then written alike. So are the strings "1.0," and "1,", which is why it is
     * not done where it need not be.
     */
    SPELLED_JSON {
        @Override
        List<String> texts(String column) {
            String spelled = "REPLACE(REPLACE(REPLACE(" + parsed(column) + ", '.0,', ','), '.0}', '}'), '.0]', ']')";
            return List.of("SHA2(TRIM(TRAILING '.0' FROM " + spelled + "), 256)");
        }
    },
    /** All that can be longer than a packet: a checksum of the stored bytes, so that no result exceeds a limit of the server. */
    LONG {
        @Override
        List<String> texts(String column) {
            return List.of("SHA2(" + column + ", 256)");
        }
    };

    /** A result longer than max_allowed_packet becomes NULL; a row of this many columns of this length stays far below. */
    private static final long LONGEST_WHOLE = 16_384;

    /** A DECIMAL in JSON that was copied as text is a DOUBLE. */
    private static String parsed(String column) {
        return "CAST(CAST(CAST(" + column + " AS CHAR) AS JSON) AS CHAR)";
    }

    /** The column as terms of CONCAT_WS; the name is quoted already. */
    abstract List<String> texts(String column);

    /** Whether a value may hold any character, the separator included, so that its length has to be told. */
    boolean isFree() {
        return this == STRING || this == CHOICE;
    }

    /**
     * The kind of a column.
     *
     * @param dataType as in information_schema, such as {@code varchar}
     * @param columnType as in information_schema, such as {@code int(5) unsigned zerofill}
     * @param octets the longest value in bytes, 0 if it has no such limit
     */
    static ColumnKind of(String dataType, String columnType, long octets) {
        return switch (dataType.toLowerCase(Locale.ROOT)) {
            case "tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "year" ->
                columnType.contains("zerofill") ? ZEROFILL : NUMBER;
            case "float", "double" -> APPROXIMATE;
            case "bit" -> BIT;
            case "date", "time", "datetime", "timestamp" -> TEMPORAL;
            case "char", "varchar", "binary", "varbinary" -> octets > LONGEST_WHOLE ? LONG : STRING;
            case "tinytext", "tinyblob" -> STRING;
            case "enum", "set" -> CHOICE;
            case "json" -> JSON;
            default -> LONG;
        };
    }
}
