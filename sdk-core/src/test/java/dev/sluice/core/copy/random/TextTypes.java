// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy.random;

import dev.sluice.core.copy.random.ColumnType.Family;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Texts in all character sets and collations, enumerations and sets. */
final class TextTypes {
    private static final List<String> LETTERS =
            List.of("a", "b", "B", "z", "Z", "0", "9", "x", "k", "m", "ab", "AB", "-", "_", "%", " ", "  ");
    /** What some collations compare as one, not at all, or as something else. */
    private static final List<String> TOGETHER = List.of(
            "ch", "Ch", "CH", "ll", "cs", "dzs", "dz", "lj", "nj", "aa", "AE", "ss", "ß", "é", "e\u0301", "\u00ad",
            "\u200b", "\u0300", "ij", "ö", "oe", "ÿ", "ð", "þ", "ø", "ł", "ı", "İ");

    private static final List<String> FAR = List.of(
            "я", "Ж", "Ω", "σ", "ς", "א", "ש", "ع", "لا", "ก", "เก", "แข", "水", "漢", "あ", "ア", "ｱ", "ﾊﾞ", "한", "😀",
            "𠮷", "\uffff", "\ue000", "€", "～", "−");
    private static final List<String> HOSTILE =
            List.of("'", "\\", "\"", "`", "\t", "\n", "\r", "\0", "\u001a", "\\N", "\\'", "\ufffd", "?");

    private TextTypes() {}

    static ColumnType any(Dice dice, Abilities server) {
        Abilities.Collation collation = collation(dice, server);
        return switch (dice.below(10)) {
            case 0, 1, 2 -> text(dice, collation, "CHAR", dice.of(0, 1, 2, 10, 36, dice.between(0, 255)));
            case 3, 4, 5, 6 -> text(dice, collation, "VARCHAR", dice.of(0, 1, 3, 20, 64, 200, dice.between(0, 800)));
            case 7 -> longText(dice, collation);
            case 8 -> enumeration(dice, collation);
            default -> set(dice, collation);
        };
    }

    private static Abilities.Collation collation(Dice dice, Abilities server) {
        // Not by their number, of which some character sets have very many.
        String characterSet = dice.percent(40)
                ? "utf8mb4"
                : dice.of(server.collations().stream()
                        .map(Abilities.Collation::characterSet)
                        .distinct()
                        .toList());
        return dice.of(server.collations().stream()
                .filter(each -> each.characterSet().equals(characterSet))
                .toList());
    }

    private static String in(String type, Abilities.Collation collation) {
        return type + " CHARACTER SET " + collation.characterSet() + " COLLATE " + collation.name();
    }

    private static ColumnType text(Dice dice, Abilities.Collation collation, String type, int length) {
        Words words = new Words(dice, collation);
        return new ColumnType(
                in(type + "(" + length + ")", collation),
                Family.TEXT,
                length,
                length * collation.widest() + 2,
                each -> words.value(each, each.percent(3) ? length : Math.min(length, 12)));
    }

    private static ColumnType longText(Dice dice, Abilities.Collation collation) {
        Words words = new Words(dice, collation);
        String type = dice.of("TINYTEXT", "TEXT", "MEDIUMTEXT", "LONGTEXT");
        int longest = type.equals("TINYTEXT") ? 60 : type.equals("TEXT") ? 15_000 : 300_000;
        return new ColumnType(
                in(type, collation),
                Family.LONG_TEXT,
                collation.widest(),
                0,
                each -> each.percent(2)
                        ? "REPEAT(" + words.value(each, 5) + ", " + each.between(1, longest / 30) + ")"
                        : words.value(each, 30));
    }

    private static ColumnType enumeration(Dice dice, Abilities.Collation collation) {
        int members = dice.of(1, 2, 5, 300);
        return new ColumnType(
                in("ENUM(" + members(dice, members) + ")", collation),
                Family.ENUM,
                each -> String.valueOf(each.percent(5) ? 0 : each.between(1, members)));
    }

    private static ColumnType set(Dice dice, Abilities.Collation collation) {
        int members = dice.of(1, 3, 8, 9, 63, 64);
        return new ColumnType(
                in("SET(" + members(dice, members) + ")", collation),
                Family.SET,
                each -> Long.toUnsignedString(each.of(0L, 1L, each.bits(), -1L) >>> (64 - members)));
    }

    private static String members(Dice dice, int count) {
        boolean empty = dice.percent(30);
        return IntStream.range(0, count)
                .mapToObj(i ->
                        i == 0 && empty ? "''" : "'" + dice.of("m", "it''s ", "a b", "x\\\\", "\"") + (count - i) + "'")
                .collect(Collectors.joining(","));
    }

    /** Values of one column, which are alike in something. */
    private static final class Words {
        private final Abilities.Collation collation;
        private final String before;
        private final List<List<String>> alphabets;

        Words(Dice dice, Abilities.Collation collation) {
            this.collation = collation;
            this.before = dice.of("", "", "order-", dice.of(TOGETHER), dice.of(FAR), "it's \\");
            this.alphabets = dice.of(
                    List.of(LETTERS),
                    List.of(LETTERS, TOGETHER),
                    List.of(LETTERS, LETTERS, TOGETHER, FAR, HOSTILE),
                    List.of(LETTERS, HOSTILE),
                    List.of(FAR, TOGETHER));
        }

        String value(Dice dice, int most) {
            if (dice.percent(5)) {
                return dice.of("''", "' '", "'a '", "'A'", "'a'", "'?'", "'NULL'", "'0'");
            }
            // Every byte is a character in character sets that have one byte each, but for ASCII.
            if (collation.widest() == 1 && !collation.characterSet().equals("ascii") && dice.percent(20)) {
                return "_" + collation.characterSet() + " X'" + dice.hex(dice.between(0, Math.min(40, most))) + "'";
            }
            StringBuilder text = new StringBuilder(before);
            int parts = dice.between(0, most);
            for (int i = 0; i < parts; i++) {
                text.append(dice.of(dice.of(alphabets)));
            }
            return utf8(text.toString());
        }
    }

    static String utf8(String text) {
        return "_utf8mb4 X'" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)) + "'";
    }
}
