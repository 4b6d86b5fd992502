// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.core.mysql.Quote;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a column's values such that nothing is lost, and writes them as literals that no server converts: bytes and text in hexadecimal, the
 * eight bytes of approximate numbers as the shortest digits that mean exactly them. Immutable.
 */
record RowLiteral(Column column) {
    private static final Pattern DIGITS = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
    private static final String UTF8 = "utf8mb4";

    /** As an expression of the source. */
    String selected() {
        String name = column.quoted();
        return switch (column.kind()) {
            case NUMBER, ZEROFILL, BIT, TEMPORAL -> column.kind().texts(name).get(0);
            case APPROXIMATE -> "HEX(" + column.kind().texts(name).get(0) + ")";
            case CHOICE -> "CONCAT(" + name + " + 0, ':', HEX(" + name + "))";
            case JSON, PARSED_JSON, SPELLED_JSON -> "HEX(CAST(" + name + " AS CHAR CHARACTER SET " + UTF8 + "))";
            case STRING, LONG -> "HEX(" + name + ")";
        };
    }

    /** How many bytes it has, as an expression; none where that is few anyway. */
    Optional<String> length() {
        return switch (column.kind()) {
            case STRING, LONG, JSON, PARSED_JSON, SPELLED_JSON ->
                Optional.of("COALESCE(LENGTH(" + column.quoted() + "), 0)");
            default -> Optional.empty();
        };
    }

    /**
     * A value as it was read, for the replica; empty if no literal stands for it.
     *
     * @throws IllegalArgumentException if no server could have sent it for this column
     */
    Optional<String> literal(String value) {
        return switch (column.kind()) {
            case NUMBER, ZEROFILL, BIT -> Optional.of(digits(value));
            case TEMPORAL -> Optional.of(Quote.literal(value));
            case APPROXIMATE -> Optional.of(approximate(value));
            case CHOICE -> choice(value);
            case JSON, PARSED_JSON, SPELLED_JSON -> Optional.of(Quote.text(UTF8, value));
            case STRING, LONG -> Optional.of(bytes(value));
        };
    }

    private String bytes(String hexadecimal) {
        return column.charset().isEmpty()
                ? Quote.bytes(hexadecimal)
                : Quote.text(column.charset().toLowerCase(Locale.ROOT), hexadecimal);
    }

    /** The error value has the number 0, and only a session that is not strict can write it. */
    private Optional<String> choice(String value) {
        int colon = value.indexOf(':');
        boolean isError = column.dataType().equals("enum") && value.startsWith("0:");
        return isError ? Optional.empty() : Optional.of(bytes(value.substring(colon + 1)));
    }

    private static String digits(String value) {
        if (!DIGITS.matcher(value).matches()) {
            throw new IllegalArgumentException("Not a number: " + RowKey.shortened(value));
        }
        return value;
    }

    /** With an exponent, without which it would be a DECIMAL, which knows no negative zero. */
    private static String approximate(String littleEndian) {
        long bits = Long.reverseBytes(Long.parseUnsignedLong(littleEndian, 16));
        String digits = Double.toString(Double.longBitsToDouble(bits));
        return digits.contains("E") ? digits : digits + "E0";
    }
}
