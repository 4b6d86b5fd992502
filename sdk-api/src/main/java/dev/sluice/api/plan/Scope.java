// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.plan;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which databases and tables a plan is about. The same scope governs the copy, the replication filter, verification and
 * preflight. Without any inclusion it is everything but the system schemas, which are never in it. Names are compared as
 * the server stores them. Immutable and thread-safe.
 *
 * @param databases whole databases that are in, sorted
 * @param tables single tables that are in, sorted
 * @param excludedDatabases databases that are out, sorted
 * @param excludedTables tables that are out, sorted
 */
public record Scope(
        List<String> databases,
        List<TableName> tables,
        List<String> excludedDatabases,
        List<TableName> excludedTables) {
    /** Schemas that belong to the server itself; no scope holds them. */
    public static final Set<String> SYSTEM_SCHEMAS = Set.of("mysql", "sys", "information_schema", "performance_schema");

    /** Everything but the system schemas. */
    public static final Scope EVERYTHING = new Scope(List.of(), List.of(), List.of(), List.of());

    public Scope {
        databases = sorted(databases);
        tables = sorted(tables);
        excludedDatabases = sorted(excludedDatabases);
        excludedTables = sorted(excludedTables);
        for (String database : databases) {
            requireNotSystem(database);
        }
        for (TableName table : tables) {
            requireNotSystem(table.database());
        }
    }

    private static <T extends Comparable<T>> List<T> sorted(Collection<T> names) {
        return List.copyOf(new TreeSet<>(names));
    }

    private static void requireNotSystem(String database) {
        if (database.isEmpty()) {
            throw new IllegalArgumentException("A scope names a database with an empty name");
        }
        if (isSystem(database)) {
            throw new IllegalArgumentException("The system schema " + database + " cannot be in a scope");
        }
    }

    /** Whether this is one of the server's own schemas. */
    public static boolean isSystem(String database) {
        return SYSTEM_SCHEMAS.contains(database.toLowerCase(java.util.Locale.ROOT));
    }

    /** Whether nothing was included or excluded by name. */
    public boolean isEverything() {
        return equals(EVERYTHING);
    }

    /** Whether databases or tables were included by name, so that what is not named is out. */
    public boolean isNamed() {
        return !databases.isEmpty() || !tables.isEmpty();
    }

    /** Whether the whole database is in, apart from excluded tables: its routines, events and new tables are then, too. */
    public boolean includesWhole(String database) {
        if (isSystem(database) || excludedDatabases.contains(database)) {
            return false;
        }
        return !isNamed() || databases.contains(database);
    }

    /** Whether any table of the database can be in. */
    public boolean touches(String database) {
        return includesWhole(database)
                || (!isSystem(database)
                        && !excludedDatabases.contains(database)
                        && tables.stream().anyMatch(t -> t.database().equals(database)));
    }

    /** Whether the table or view is in. */
    public boolean includes(TableName table) {
        if (excludedTables.contains(table) || !touches(table.database())) {
            return false;
        }
        return includesWhole(table.database()) || tables.contains(table);
    }

    /** For readers: what is in and what is out, in one line. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(isNamed() ? "" : "everything but the system schemas");
        append(text, "databases ", databases);
        append(text, "tables ", tables);
        append(text, "without databases ", excludedDatabases);
        append(text, "without tables ", excludedTables);
        return text.toString();
    }

    private static void append(StringBuilder text, String label, List<?> names) {
        if (!names.isEmpty()) {
            text.append(text.length() == 0 ? "" : ", ").append(label).append(names);
        }
    }
}
