// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.Row;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.Quote;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds the tables of a scope and those that have to be locked with them. Thread-safe: no state. */
final class ScopeTables {
    /** Large schemas have more tables than a session returns rows. */
    private static final String TABLES_OF =
            "SELECT TABLE_SCHEMA AS db, TABLE_NAME AS tbl FROM information_schema.TABLES"
                    + " WHERE TABLE_TYPE = 'BASE TABLE' AND TABLE_SCHEMA = ";

    private static final String PARENTS =
            "SELECT CONSTRAINT_SCHEMA AS db, TABLE_NAME AS tbl, UNIQUE_CONSTRAINT_SCHEMA AS parent_db,"
                    + " REFERENCED_TABLE_NAME AS parent FROM information_schema.REFERENTIAL_CONSTRAINTS";

    private ScopeTables() {}

    /** The base tables of the scope. */
    static Set<TableName> of(MySqlSession session, Scope scope) {
        Set<TableName> tables = new TreeSet<>();
        for (String database : databases(session, scope)) {
            session.query(TABLES_OF + Quote.literal(database)).stream()
                    .map(row -> TableName.of(row.text("db"), row.text("tbl")))
                    .filter(scope::includes)
                    .forEach(tables::add);
        }
        return tables;
    }

    private static List<String> databases(MySqlSession session, Scope scope) {
        return session.query("SELECT SCHEMA_NAME AS db FROM information_schema.SCHEMATA").stream()
                .map(row -> row.text("db"))
                .filter(scope::touches)
                .toList();
    }

    /**
     * With these tables, those that have to be locked too. Before 8.0 a lock on a child does not hold back a cascade that comes
     * from its parent; from 8.0 on {@code LOCK TABLES} locks related tables by itself.
     */
    static Set<TableName> toLock(MySqlSession session, Set<TableName> tables) {
        Set<TableName> locked = new TreeSet<>(tables);
        if (tables.isEmpty() || session.version().isAtLeast(8, 0, 0)) {
            return locked;
        }
        Map<TableName, Set<TableName>> parents = parents(session);
        Deque<TableName> open = new ArrayDeque<>(tables);
        while (!open.isEmpty()) {
            for (TableName parent : parents.getOrDefault(open.pop(), Set.of())) {
                if (locked.add(parent)) {
                    open.push(parent);
                }
            }
        }
        return locked;
    }

    private static Map<TableName, Set<TableName>> parents(MySqlSession session) {
        Map<TableName, Set<TableName>> parents = new HashMap<>();
        for (Row row : session.query(PARENTS)) {
            parents.computeIfAbsent(TableName.of(row.text("db"), row.text("tbl")), child -> new TreeSet<>())
                    .add(TableName.of(row.text("parent_db"), row.text("parent")));
        }
        return parents;
    }
}
