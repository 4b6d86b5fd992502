// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy.random;

import dev.sluice.core.copy.random.ColumnType.Family;
import java.util.ArrayList;
import java.util.List;

/**
 * A column and its values.
 *
 * @param name its name in backticks
 * @param attributes what stands behind the type
 * @param pool values that rows have again and again
 * @param skew how often, of a hundred times
 */
record RandomColumn(String name, ColumnType type, String attributes, boolean nullable, List<String> pool, int skew) {
    private static final String COUNTS = " AUTO_INCREMENT";

    static RandomColumn of(int number, Dice dice, Abilities server) {
        ColumnType type = type(dice, server);
        boolean nullable = dice.percent(50);
        String name =
                dice.of("c" + number, "c" + number, "c" + number, "`order ``" + number + "'`", "`é" + number + "`");
        // Fewer than one value in a hundred is new where the skew is 100.
        int skew = dice.of(0, 0, 50, 95, 100);
        List<String> pool = new ArrayList<>();
        for (int i = dice.of(1, 1, 2, 5); i > 0; i--) {
            pool.add(type.value().apply(dice));
        }
        String hidden = number > 0 && server.isAtLeast(80_023) && dice.percent(8) ? " INVISIBLE" : "";
        return new RandomColumn(name, type, (nullable ? " NULL" : " NOT NULL") + hidden, nullable, pool, skew);
    }

    /** One that counts; NULL makes the next number. */
    static RandomColumn counter(int number, Dice dice) {
        return new RandomColumn(
                "c" + number,
                NumberTypes.integer(dice),
                " NOT NULL" + COUNTS,
                false,
                List.of("NULL"),
                dice.of(0, 50, 100));
    }

    private static ColumnType type(Dice dice, Abilities server) {
        return switch (dice.below(14)) {
            case 0, 1, 2 -> NumberTypes.any(dice);
            case 3, 4, 5 -> TimeTypes.any(dice);
            case 6, 7, 8, 9 -> TextTypes.any(dice, server);
            case 10, 11 -> OtherTypes.bytes(dice);
            case 12 -> OtherTypes.json();
            default -> OtherTypes.shape(dice, server);
        };
    }

    boolean isCounter() {
        return attributes.endsWith(COUNTS);
    }

    boolean isShape() {
        return family() == Family.GEOMETRY;
    }

    Family family() {
        return type.family();
    }

    /** The same as part of a primary key. */
    RandomColumn required() {
        String now = nullable ? attributes.replaceFirst(" NULL", " NOT NULL") : attributes;
        return new RandomColumn(name, type, now, false, pool, skew);
    }

    String definition() {
        return name + " " + type.sql() + attributes;
    }

    String value(Dice dice) {
        if (nullable && dice.percent(10)) {
            return "NULL";
        }
        return dice.percent(skew) ? dice.of(pool) : type.value().apply(dice);
    }
}
