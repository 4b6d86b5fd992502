// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy.random;

import dev.sluice.core.copy.random.ColumnType.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Keys of all kinds. */
record RandomKeys(Dice dice, Abilities server) {
    /** Of 3072 bytes that a key may have. */
    private static final int LARGEST_PART = 700;

    /** The columns of a primary key; none now and then. */
    List<RandomColumn> primary(List<RandomColumn> columns) {
        List<RandomColumn> able =
                columns.stream().filter(column -> column.type().canBeKey()).toList();
        return dice.percent(12) ? List.of() : dice.some(able, dice.of(1, 1, 2, 2, 3, 4));
    }

    String primaryKey(List<RandomColumn> columns) {
        return "PRIMARY KEY (" + parts(columns) + ")";
    }

    private String parts(List<RandomColumn> columns) {
        return columns.stream().map(this::part).collect(Collectors.joining(", "));
    }

    private String part(RandomColumn column) {
        ColumnType type = column.type();
        boolean cut = type.family().needsPrefix()
                || type.keyBytes() > LARGEST_PART
                || (type.family().takesPrefix() && type.length() > 3 && dice.percent(25));
        String prefix = cut
                ? "(" + dice.between(1, type.family().needsPrefix() ? 40 : Math.min(40, type.length() - 1)) + ")"
                : "";
        return column.name() + prefix + (server.isAtLeast(80_000) && dice.percent(20) ? " DESC" : "");
    }

    /** Keys beside the primary one. */
    List<String> others(List<RandomColumn> columns, boolean uniqueOnes) {
        List<String> keys = new ArrayList<>();
        for (int i = dice.of(0, 0, 1, 2, 4); i > 0; i--) {
            List<RandomColumn> able = dice.some(
                    columns.stream().filter(column -> column.type().canBeKey()).toList(), dice.of(1, 1, 2, 3));
            if (!able.isEmpty()) {
                String unique = uniqueOnes && dice.percent(25) ? "UNIQUE " : "";
                keys.add(unique + "KEY k" + i + " (" + parts(able) + ")");
            }
        }
        if (uniqueOnes) {
            special(columns, keys);
        }
        return keys;
    }

    private void special(List<RandomColumn> columns, List<String> keys) {
        for (RandomColumn column : columns) {
            boolean shape = column.isShape() && !column.nullable();
            boolean words =
                    column.family() == Family.LONG_TEXT && column.type().sql().contains("utf8mb4");
            if (column.family() == Family.INTEGER
                    && !column.isCounter()
                    && server.isAtLeast(80_013)
                    && dice.percent(15)) {
                keys.add("KEY ((" + column.name() + " % 10), " + column.name() + ")");
            } else if (shape && dice.percent(50)) {
                keys.add("SPATIAL KEY (" + column.name() + ")");
            } else if (words && dice.percent(30)) {
                keys.add("FULLTEXT KEY (" + column.name() + ")");
            }
        }
    }
}
