// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.core.mysql.Quote;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A column of a key by which a table is cut into ranges. Values are read and written such that nothing is converted: strings by
 * their bytes in their own character set, so that an index serves and no two keys look the same. Immutable.
 *
 * @param column the column
 * @param form how its values are written
 */
record KeyColumn(Column column, Form form) {
    private static final Pattern DIGITS = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
    private static final Map<String, Charset> READABLE = Map.of(
            "utf8mb4", StandardCharsets.UTF_8,
            "utf8", StandardCharsets.UTF_8,
            "utf8mb3", StandardCharsets.UTF_8,
            "ascii", StandardCharsets.US_ASCII,
            "latin1", StandardCharsets.ISO_8859_1);

    /** How values are written. */
    enum Form {
        /** Digits, as they are. */
        NUMBER,
        /** Dates and times in quotes. */
        TEMPORAL,
        /** Text, in hexadecimal with its character set. */
        TEXT,
        /** Bytes, in hexadecimal. */
        BYTES
    }

    /** The column as part of a key; empty if its order or equality in comparisons with literals is not that of its index. */
    static Optional<KeyColumn> of(Column column) {
        return switch (column.kind()) {
            case NUMBER, ZEROFILL -> Optional.of(new KeyColumn(column, Form.NUMBER));
            case TEMPORAL -> Optional.of(new KeyColumn(column, Form.TEMPORAL));
            case STRING, LONG -> ofString(column);
            default -> Optional.empty();
        };
    }

    private static Optional<KeyColumn> ofString(Column column) {
        return switch (column.dataType()) {
            case "char", "varchar" -> Optional.of(new KeyColumn(column, Form.TEXT));
            case "binary", "varbinary" -> Optional.of(new KeyColumn(column, Form.BYTES));
            default -> Optional.empty();
        };
    }

    String quoted() {
        return column.quoted();
    }

    boolean isWholeNumber() {
        return form == Form.NUMBER && column.dataType().endsWith("int");
    }

    /** The column as it is read. */
    String selected() {
        return switch (form) {
            case NUMBER -> column.kind().texts(quoted()).get(0);
            case TEMPORAL -> quoted();
            case TEXT, BYTES -> "HEX(" + quoted() + ")";
        };
    }

    /**
     * A value as it was read, as a literal.
     *
     * @throws IllegalArgumentException if no server could have sent it for this column
     */
    String literal(String value) {
        return switch (form) {
            case NUMBER -> digits(value);
            case TEMPORAL -> Quote.literal(value);
            case TEXT -> Quote.text(column.charset(), value);
            case BYTES -> Quote.bytes(value);
        };
    }

    private static String digits(String value) {
        if (!DIGITS.matcher(value).matches()) {
            throw new IllegalArgumentException("Not a value of a key: " + RowKey.shortened(value));
        }
        return value;
    }

    /** A value for people, shortened. */
    String shown(String value) {
        Charset charset = READABLE.get(column.charset().toLowerCase(Locale.ROOT));
        if (form == Form.TEXT && charset != null) {
            return "'" + RowKey.shortened(new String(HexFormat.of().parseHex(value), charset)) + "'";
        }
        return RowKey.shortened(form == Form.TEXT || form == Form.BYTES ? "0x" + value : value);
    }
}
