// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy.random;

import dev.sluice.core.copy.random.ColumnType.Family;
import java.util.List;
import java.util.Optional;

/** Partitions by a column of the primary key. */
record RandomPartitions(Dice dice) {
    private static final List<Family> BY_KEY =
            List.of(Family.INTEGER, Family.DECIMAL, Family.DATE, Family.TIME, Family.YEAR, Family.TEXT, Family.BYTES);

    /** Empty where this key has no column for it. */
    Optional<String> by(List<RandomColumn> primaryKey) {
        Optional<RandomColumn> number = primaryKey.stream()
                .filter(column -> column.family() == Family.INTEGER)
                .findFirst();
        return number.isPresent()
                ? Optional.of(" PARTITION BY " + byNumber(number.get().name()))
                : primaryKey.stream()
                        .filter(column -> BY_KEY.contains(column.family()) && isWhole(column))
                        .findFirst()
                        .map(column -> " PARTITION BY KEY (" + column.name() + ") PARTITIONS " + dice.between(1, 5));
    }

    private String byNumber(String column) {
        String below = dice.percent(40) ? " SUBPARTITION BY HASH (" + column + ") SUBPARTITIONS 2" : "";
        return switch (dice.below(4)) {
            case 0 ->
                "RANGE (" + column + ")" + below
                        + " (PARTITION `p ``0` VALUES LESS THAN (50), PARTITION p1 VALUES LESS THAN (120),"
                        + " PARTITION p2 VALUES LESS THAN MAXVALUE)";
            case 1 ->
                "LIST (" + column + " % 3)" + below
                        + " (PARTITION p0 VALUES IN (0), PARTITION p1 VALUES IN (1), PARTITION p2 VALUES IN (2))";
            case 2 ->
                "RANGE COLUMNS (" + column + ")" + below
                        + " (PARTITION p0 VALUES LESS THAN (100), PARTITION p1 VALUES LESS THAN (MAXVALUE))";
            default -> dice.of("", "LINEAR ") + "HASH (" + column + ") PARTITIONS " + dice.between(1, 7);
        };
    }

    /** Newer servers refuse to divide by columns of which the key has only a beginning, and short ones it has as a whole. */
    private static boolean isWhole(RandomColumn column) {
        return !column.family().takesPrefix() || column.type().length() <= 3;
    }
}
