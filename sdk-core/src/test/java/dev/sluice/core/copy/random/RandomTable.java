// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy.random;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table and its rows.
 *
 * @param create what creates it in the database in use
 * @param inserts what fills it; values that do not fit and doubles are bent or left out by the server
 */
public record RandomTable(String create, List<String> inserts) {
    /** Lets in all that a server can hold. */
    public static final List<String> SETTINGS = List.of(
            "SET NAMES utf8mb4",
            "SET SESSION sql_mode = 'ALLOW_INVALID_DATES,NO_AUTO_VALUE_ON_ZERO', SESSION time_zone = '+00:00'");

    private static final int ROWS_AN_INSERT = 60;

    /** The table of this seed, which depends on what the server can. */
    public static RandomTable of(String name, Dice dice, Abilities server) {
        List<RandomColumn> columns = new ArrayList<>();
        for (int i = dice.between(1, 8); i > 0; i--) {
            columns.add(RandomColumn.of(columns.size(), dice, server));
        }
        boolean counted = dice.percent(15);
        RandomKeys keys = new RandomKeys(dice, server);
        List<RandomColumn> primary = keys.primary(columns);
        if (counted) {
            primary = List.of(RandomColumn.counter(columns.size(), dice));
            columns.addAll(primary);
        }
        List<RandomColumn> required = primary;
        columns.replaceAll(column -> required.contains(column) ? column.required() : column);
        boolean parted = dice.percent(25) && columns.stream().noneMatch(RandomColumn::isShape);
        String create =
                "CREATE TABLE " + name + " (" + String.join(", ", elements(columns, primary, keys, parted)) + ")"
                        + dice.of("", "", " ROW_FORMAT=COMPRESSED", " ROW_FORMAT=REDUNDANT", " COMMENT='it''s'")
                        + (counted ? " AUTO_INCREMENT=" + dice.between(2, 100) : "")
                        + (parted ? new RandomPartitions(dice).by(primary).orElse("") : "");
        return new RandomTable(create, inserts(name, columns, dice));
    }

    private static List<String> elements(
            List<RandomColumn> columns, List<RandomColumn> primary, RandomKeys keys, boolean parted) {
        List<String> elements = new ArrayList<>();
        columns.stream().map(RandomColumn::definition).forEach(elements::add);
        columns.stream()
                .filter(column -> !column.isCounter() && keys.dice().percent(12))
                .flatMap(column -> computed(column, keys.dice()).stream())
                .forEach(elements::add);
        if (!primary.isEmpty()) {
            elements.add(keys.primaryKey(primary));
        }
        elements.addAll(keys.others(columns, !parted));
        return elements;
    }

    private static List<String> computed(RandomColumn column, Dice dice) {
        String expression = switch (column.family()) {
            case INTEGER -> "INT AS (" + column.name() + " % 7)";
            case TEXT -> "INT AS (CHAR_LENGTH(" + column.name() + "))";
            case BYTES -> "VARCHAR(600) AS (HEX(" + column.name() + "))";
            case SET, ENUM -> "BIGINT UNSIGNED AS (" + column.name() + " + 0)";
            default -> "";
        };
        String name = column.name().replaceFirst("^(`?)", "$1g");
        return expression.isEmpty() ? List.of() : List.of(name + " " + expression + dice.of(" STORED", " VIRTUAL"));
    }

    private static List<String> inserts(String name, List<RandomColumn> columns, Dice dice) {
        List<String> inserts = new ArrayList<>();
        String head = "INSERT IGNORE INTO " + name
                + columns.stream().map(RandomColumn::name).collect(Collectors.joining(", ", " (", ") VALUES "));
        int left = dice.of(0, 1, 2, 40, 200, 400, 700);
        while (left > 0) {
            List<String> rows = new ArrayList<>();
            for (int i = Math.min(left, ROWS_AN_INSERT); i > 0; i--) {
                rows.add(columns.stream().map(column -> column.value(dice)).collect(Collectors.joining(",", "(", ")")));
            }
            inserts.add(head + String.join(",", rows));
            left -= rows.size();
        }
        return inserts;
    }
}
