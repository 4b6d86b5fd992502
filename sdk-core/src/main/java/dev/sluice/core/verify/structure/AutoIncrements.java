// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify.structure;

import static dev.sluice.core.verify.structure.TableDefinitions.value;

import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Quote;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks whether each AUTO_INCREMENT counter is above the largest value in its table. On a replica it need not be the source's:
 * inserts that were rolled back move the source's only.
 */
public final class AutoIncrements {
    static final String COLUMNS = "SELECT TABLE_NAME, COLUMN_NAME, COLUMN_TYPE FROM information_schema.COLUMNS"
            + " WHERE EXTRA LIKE '%auto_increment%' AND TABLE_SCHEMA = ";

    static final String COUNTERS = "SELECT TABLE_NAME, AUTO_INCREMENT FROM information_schema.TABLES"
            + " WHERE AUTO_INCREMENT IS NOT NULL AND TABLE_SCHEMA = ";

    private static final Map<String, Integer> BITS =
            Map.of("tinyint", 8, "smallint", 16, "mediumint", 24, "int", 32, "bigint", 64);

    private static final Pattern NAME_OF_TYPE = Pattern.compile("[a-z]+");

    private AutoIncrements() {}

    /**
     * What the largest value of a table is, and where its column's type ends: there a counter stands still.
     *
     * @param value the largest value that is there
     * @param end the largest value of the type
     */
    private record Largest(BigInteger value, BigInteger end) {
        boolean isTakenAgainBy(BigInteger next) {
            return next.compareTo(value) <= 0 && !next.equals(end);
        }
    }

    /** The tables whose counters would give out values that are taken. */
    public static List<TableName> behind(ServerSession session, Scope scope) {
        List<TableName> tables = new ArrayList<>();
        for (Row row : session.query(Structure.DATABASES)) {
            if (scope.touches(row.text("SCHEMA_NAME"))) {
                behind(session, row.text("SCHEMA_NAME"), scope, tables);
            }
        }
        return tables;
    }

    private static void behind(ServerSession session, String database, Scope scope, List<TableName> tables) {
        Map<String, Largest> largest = new LinkedHashMap<>();
        for (Row row : session.query(COLUMNS + Quote.literal(database))) {
            TableName table = TableName.of(database, row.text("TABLE_NAME"));
            Optional<BigInteger> end = end(value(row, "COLUMN_TYPE"));
            if (scope.includes(table) && end.isPresent()) {
                largest(session, table, row.text("COLUMN_NAME"))
                        .ifPresent(value -> largest.put(table.table(), new Largest(value, end.get())));
            }
        }
        if (largest.isEmpty()) {
            return;
        }
        // Read after the largest values, so that a row that arrives in between has moved the counter, too.
        for (Row row : session.query(COUNTERS + Quote.literal(database))) {
            Largest taken = largest.get(row.text("TABLE_NAME"));
            if (taken != null && taken.isTakenAgainBy(new BigInteger(row.text("AUTO_INCREMENT")))) {
                tables.add(TableName.of(database, row.text("TABLE_NAME")));
            }
        }
    }

    /** The largest value of a type, such as {@code int(10) unsigned}; empty if it is none of whole numbers. */
    private static Optional<BigInteger> end(String columnType) {
        Matcher name = NAME_OF_TYPE.matcher(columnType);
        return Optional.ofNullable(name.lookingAt() ? BITS.get(name.group()) : null)
                .map(bits -> columnType.contains("unsigned") ? bits : bits - 1)
                .map(bits -> BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE));
    }

    private static Optional<BigInteger> largest(ServerSession session, TableName table, String column) {
        return session.queryValue("SELECT MAX(" + Quote.identifier(column) + ") FROM " + Quote.identifier(table))
                .map(BigInteger::new);
    }

    /** Every query that is sent, with its holes in angle brackets. */
    public static List<String> templates() {
        return List.of(COLUMNS + "<database>", COUNTERS + "<database>", "SELECT MAX(<column>) FROM <table>");
    }
}
