// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.Quote;
import dev.sluice.core.mysql.ReplicaStatusReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What an earlier process of the run has loaded, by its journal. Nobody but the servers knows whether it is still there: somebody may have dropped
 * it since, or a cancel whose end the journal did not take. Looked at as long as nothing points the replica to a source: after that the tables are
 * what the source makes of them. That they are there, and have rows if they had any, is all that is looked at: the verification sees the rest.
 *
 * @param rows of each table that was loaded
 */
record LoadedTables(Map<TableName, Long> rows) {
    static final LoadedTables NONE = new LoadedTables(Map.of());

    private static final int AT_ONCE = 100;
    private static final int TOLD = 5;

    LoadedTables {
        rows = Map.copyOf(rows);
    }

    /**
     * That they are there.
     *
     * @throws StepRefusedException LOAD_GONE
     */
    void requireThere(ServerSession replica, Dialect dialect) {
        if (rows.isEmpty() || isPointed(replica, dialect)) {
            return;
        }
        List<String> gone = missing(replica);
        if (gone.isEmpty()) {
            gone = emptied(replica);
        }
        if (!gone.isEmpty()) {
            throw new StepRefusedException(Problem.of(
                    RunCode.LOAD_GONE,
                    gone.size() + " of " + rows.size() + " tables that the run had loaded are gone or empty: "
                            + gone.stream().limit(TOLD).collect(Collectors.joining(", "))
                            + (gone.size() > TOLD ? ", …" : "")));
        }
    }

    private static boolean isPointed(ServerSession replica, Dialect dialect) {
        return ReplicaStatusReader.readAll(replica, dialect).stream()
                .anyMatch(status -> !status.source().host().isEmpty());
    }

    private List<String> missing(ServerSession replica) {
        Map<String, Set<String>> there = new TreeMap<>();
        List<String> missing = new ArrayList<>();
        for (TableName table : sorted()) {
            boolean isThere = there.computeIfAbsent(table.database(), database -> tables(database, replica))
                    .contains(table.table().toLowerCase(Locale.ROOT));
            if (!isThere) {
                missing.add(table.toString());
            }
        }
        return missing;
    }

    private List<TableName> sorted() {
        return rows.keySet().stream().sorted().toList();
    }

    /** In lower case, as a server with {@code lower_case_table_names=1} has them. */
    private static Set<String> tables(String database, ServerSession replica) {
        return replica
                .query("SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = "
                        + Quote.literal(database))
                .stream()
                .map(row -> row.text("name").toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<String> emptied(ServerSession replica) {
        List<TableName> filled = sorted().stream()
                .filter(table -> rows.getOrDefault(table, 0L) > 0)
                .toList();
        List<String> empty = new ArrayList<>();
        for (int i = 0; i < filled.size(); i += AT_ONCE) {
            empty.addAll(emptied(filled.subList(i, Math.min(filled.size(), i + AT_ONCE)), replica));
        }
        return empty;
    }

    private static List<String> emptied(List<TableName> tables, ServerSession replica) {
        List<String> looks = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            looks.add("SELECT " + i + " AS number, EXISTS(SELECT 1 FROM " + Quote.identifier(tables.get(i))
                    + ") AS filled");
        }
        return replica.query(String.join(" UNION ALL ", looks)).stream()
                .filter(row -> !isFilled(row))
                .map(row -> tables.get((int) row.number("number")).toString())
                .toList();
    }

    private static boolean isFilled(Row row) {
        return row.text("filled").equals("1");
    }
}
