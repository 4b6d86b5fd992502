// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.split;

import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers what is asked about one large table's key, the second time without thinking. */
public final class ScriptedTable implements ServerSession {
    static final long ROWS = 1_000_000_000;

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final Pattern FROM = Pattern.compile("`id` >= '?([0-9A-Za-z]+)");
    private static final Pattern TO = Pattern.compile("`id` < '?([0-9A-Za-z]+)");

    private final Keys keys;
    private final Map<String, List<Row>> answers = new HashMap<>();

    ScriptedTable(Keys keys) {
        this.keys = keys;
    }

    /** How the key's values lie. */
    public enum Keys {
        /** One after the other. */
        NUMBERS("bigint", "bigint", "1", "1000000000"),
        /** Half of them in a millionth of the room, and the rest far behind. */
        SKEWED("bigint", "bigint", "1", "1000000000000000"),
        /** Random letters and digits. */
        TEXTS("varchar", "varchar(40)", "0000000000000000", "zzzzzzzzzzzzzzzz");

        private final String dataType;
        private final String columnType;
        private final String least;
        private final String greatest;

        Keys(String dataType, String columnType, String least, String greatest) {
            this.dataType = dataType;
            this.columnType = columnType;
            this.least = least;
            this.greatest = greatest;
        }

        String dataType() {
            return dataType;
        }

        String columnType() {
            return columnType;
        }

        /** Which part of all rows lies before this value. */
        private double before(String value) {
            return switch (this) {
                case NUMBERS -> new BigDecimal(value).doubleValue() / 1e9;
                case SKEWED -> {
                    double part = new BigDecimal(value).doubleValue() / 1e15;
                    yield Math.min(0.5, part * 5e5) + part / 2;
                }
                case TEXTS -> textBefore(value);
            };
        }

        private static double textBefore(String value) {
            double part = 0;
            for (int i = value.length() - 1; i >= 0; i--) {
                part = (part + ALPHABET.indexOf(value.charAt(i))) / ALPHABET.length();
            }
            return part;
        }
    }

    @Override
    public List<Row> query(String sql) {
        return answers.computeIfAbsent(sql, this::answer);
    }

    private List<Row> answer(String sql) {
        if (sql.startsWith("EXPLAIN")) {
            return List.of(Row.of(Map.of("rows", Long.toString(rows(sql)))));
        }
        if (sql.contains("MIN(")) {
            return List.of(
                    Row.of(Map.of("least", end(FROM, sql, keys.least), "greatest", end(TO, sql, keys.greatest))));
        }
        if (sql.contains("information_schema")) {
            return List.of(Row.of(Map.of("cs", "utf8mb4", "coll", "utf8mb4_bin")));
        }
        if (sql.startsWith("SELECT c FROM")) {
            return ALPHABET.chars()
                    .mapToObj(letter -> Row.of(Map.of("c", String.valueOf((char) letter))))
                    .toList();
        }
        if (sql.startsWith("SELECT CONVERT(")) {
            return List.of(Row.of(Map.of("in_order", "1")));
        }
        throw new IllegalStateException("The script has no answer to " + sql);
    }

    private long rows(String sql) {
        return Math.round(ROWS * (keys.before(end(TO, sql, keys.greatest)) - keys.before(end(FROM, sql, keys.least))));
    }

    /** The last condition counts, which is the narrowest. */
    private static String end(Pattern condition, String sql, String otherwise) {
        Matcher found = condition.matcher(sql);
        String last = otherwise;
        while (found.find()) {
            last = found.group(1);
        }
        return last;
    }
}
