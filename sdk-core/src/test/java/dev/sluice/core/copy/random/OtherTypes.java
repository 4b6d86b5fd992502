// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy.random;

import dev.sluice.core.copy.random.ColumnType.Family;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Bytes, documents and shapes. */
final class OtherTypes {
    private OtherTypes() {}

    static ColumnType bytes(Dice dice) {
        int length = dice.of(0, 1, 4, 16, 40, dice.between(0, 255));
        String before = dice.of("", "", "00", "ff", dice.hex(Math.min(3, length)));
        return switch (dice.below(5)) {
            case 0, 1 -> new ColumnType("BINARY(" + length + ")", Family.BYTES, length, length, bytes(before, length));
            case 2, 3 ->
                new ColumnType("VARBINARY(" + length + ")", Family.BYTES, length, length + 2, bytes(before, length));
            default -> longBytes(dice);
        };
    }

    private static Function<Dice, String> bytes(String before, int length) {
        return dice -> switch (dice.below(12)) {
            case 0 -> "''";
            case 1 -> "X'" + dice.of("00", "ff", "0000", "ffff", "20", "5c27220a0d091a00", "00".repeat(length)) + "'";
            default -> "X'" + before + dice.hex(dice.of(length, dice.between(0, Math.min(length, 12)))) + "'";
        };
    }

    private static ColumnType longBytes(Dice dice) {
        String type = dice.of("TINYBLOB", "BLOB", "MEDIUMBLOB", "LONGBLOB");
        int longest = type.equals("TINYBLOB") ? 200 : type.equals("BLOB") ? 60_000 : 1_500_000;
        return new ColumnType(
                type,
                Family.LONG_BYTES,
                1,
                0,
                each -> each.percent(2)
                        ? "REPEAT(X'00ff" + each.hex(each.between(0, 18)) + "', " + each.between(1, longest / 20) + ")"
                        : "X'" + each.hex(each.of(0, 1, 30, 200)) + "'");
    }

    static ColumnType json() {
        return new ColumnType("JSON", Family.JSON, dice -> TextTypes.utf8(document(dice, 3)));
    }

    private static String document(Dice dice, int depth) {
        return switch (dice.below(depth == 0 ? 5 : 9)) {
            case 0 -> dice.of("null", "true", "false");
            case 1 -> dice.of("0", "-1", "18446744073709551615", "-9223372036854775808", String.valueOf(dice.bits()));
            case 2 -> dice.of("0.1", "-1.5e-7", "1.7976931348623157e308", "2.5e20", String.valueOf(dice.fraction()));
            case 3, 4 -> string(dice);
            case 5, 6 ->
                IntStream.range(0, dice.below(4))
                        .mapToObj(i -> document(dice, depth - 1))
                        .collect(Collectors.joining(", ", "[", "]"));
            default ->
                IntStream.range(0, dice.below(5))
                        .mapToObj(i -> string(dice) + ": " + document(dice, depth - 1))
                        .collect(Collectors.joining(",", "{", "}"));
        };
    }

    private static String string(Dice dice) {
        return '"'
                + dice.of(
                        "",
                        "a",
                        "é😀",
                        "\\\\",
                        "\\\"",
                        "it's",
                        "\\t\\n\\u0000\\u001a",
                        "水",
                        "x".repeat(dice.below(400)))
                + '"';
    }

    static ColumnType shape(Dice dice, Abilities server) {
        String type = dice.of(
                "GEOMETRY", "POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTIPOLYGON", "GEOMETRYCOLLECTION");
        boolean fixed = server.isAtLeast(80_003) && dice.percent(60);
        int system = dice.of(0, 0, 4326);
        return new ColumnType(
                type + (fixed ? " SRID " + system : ""),
                Family.GEOMETRY,
                each -> "ST_GeomFromText('" + text(each, type) + "', " + system + ")");
    }

    private static String text(Dice dice, String type) {
        return switch (type) {
            case "POINT" -> "POINT(" + point(dice) + ")";
            case "LINESTRING" -> "LINESTRING(" + point(dice) + "," + point(dice) + "," + point(dice) + ")";
            case "POLYGON" -> "POLYGON" + ring(dice);
            case "MULTIPOINT" -> "MULTIPOINT(" + point(dice) + "," + point(dice) + ")";
            case "MULTIPOLYGON" -> "MULTIPOLYGON(" + ring(dice) + ")";
            case "GEOMETRYCOLLECTION" ->
                "GEOMETRYCOLLECTION(" + text(dice, "POINT") + "," + text(dice, "LINESTRING") + ")";
            default -> text(dice, dice.of("POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "GEOMETRYCOLLECTION"));
        };
    }

    private static String ring(Dice dice) {
        int size = dice.between(1, 40);
        return "((0 0,0 " + size + "," + size + " " + size + "," + size + " 0,0 0))";
    }

    private static String point(Dice dice) {
        return dice.of("0", "-0.0", "1.5", String.valueOf(dice.fraction() * 80)) + " " + (dice.fraction() * 160 - 80);
    }
}
