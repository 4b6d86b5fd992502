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
import java.util.Set;

/**
 * Looks whether each AUTO_INCREMENT counter is above the largest value in its table. On a replica it need not be the source's:
 * inserts that were rolled back move the source's only.
 */
public final class AutoIncrements {
    static final String COLUMNS = "SELECT TABLE_NAME, COLUMN_NAME, COLUMN_TYPE FROM information_schema.COLUMNS"
            + " WHERE EXTRA LIKE '%auto_increment%' AND TABLE_SCHEMA = ";

    static final String COUNTERS = "SELECT TABLE_NAME, AUTO_INCREMENT FROM information_schema.TABLES"
            + " WHERE AUTO_INCREMENT IS NOT NULL AND TABLE_SCHEMA = ";

    /** At the end of its type a counter stands still. */
    private static final Set<BigInteger> ENDS =
            Set.of(end(7), end(8), end(15), end(16), end(23), end(24), end(31), end(32), end(63), end(64));

    private AutoIncrements() {}

    private static BigInteger end(int bits) {
        return BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
    }

    /** The tables whose counters would give out values that are taken. */
    public static List<String> behind(ServerSession session, Scope scope) {
        List<String> tables = new ArrayList<>();
        for (Row row : session.query(Structure.DATABASES)) {
            if (scope.touches(row.text("SCHEMA_NAME"))) {
                behind(session, row.text("SCHEMA_NAME"), scope, tables);
            }
        }
        return tables;
    }

    private static void behind(ServerSession session, String database, Scope scope, List<String> tables) {
        Map<String, BigInteger> largest = new LinkedHashMap<>();
        for (Row row : session.query(COLUMNS + Quote.literal(database))) {
            TableName table = TableName.of(database, row.text("TABLE_NAME"));
            if (scope.includes(table) && value(row, "COLUMN_TYPE").contains("int")) {
                largest(session, table, row.text("COLUMN_NAME")).ifPresent(value -> largest.put(table.table(), value));
            }
        }
        if (largest.isEmpty()) {
            return;
        }
        // Read after the largest values, so that a row that arrives in between has moved the counter, too.
        for (Row row : session.query(COUNTERS + Quote.literal(database))) {
            BigInteger taken = largest.get(row.text("TABLE_NAME"));
            BigInteger next = new BigInteger(row.text("AUTO_INCREMENT"));
            if (taken != null && next.compareTo(taken) <= 0 && !ENDS.contains(next)) {
                tables.add("table " + database + "." + row.text("TABLE_NAME"));
            }
        }
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
