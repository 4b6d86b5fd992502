// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.plan;

import static java.util.Objects.requireNonNull;

/**
 * A table by its database and its name, both as the server stores them, unquoted. Immutable and thread-safe.
 *
 * @param database the database
 * @param table the table or view
 */
public record TableName(String database, String table) implements Comparable<TableName> {
    public TableName {
        requireNonNull(database, "database");
        requireNonNull(table, "table");
        if (database.isEmpty() || table.isEmpty()) {
            throw new IllegalArgumentException(
                    "A table needs a database and a name, not '" + database + "' and '" + table + "'");
        }
    }

    /**
     * A table by the names that the server stores, unquoted and in their letter case.
     *
     * @throws IllegalArgumentException if one of them is empty
     */
    public static TableName of(String database, String table) {
        return new TableName(database, table);
    }

    @Override
    public int compareTo(TableName other) {
        int byDatabase = database.compareTo(other.database);
        return byDatabase != 0 ? byDatabase : table.compareTo(other.table);
    }

    /** For reading only; statements quote it. */
    @Override
    public String toString() {
        return database + "." + table;
    }
}
