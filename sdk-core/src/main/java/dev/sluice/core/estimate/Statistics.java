// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.estimate;

import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.catalog.TableFiles;
import dev.sluice.core.catalog.TableSpace;
import dev.sluice.core.mysql.Quote;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a server's statistics say of the tables of a scope, largest first.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/innodb-persistent-stats.html">MySQL: persistent statistics</a>
 */
final class Statistics {
    private static final String SYSTEM =
            Scope.SYSTEM_SCHEMAS.stream().sorted().map(Quote::literal).collect(Collectors.joining(", ", "(", ")"));
    private static final String TABLES =
            "SELECT TABLE_SCHEMA AS db, TABLE_NAME AS name, COALESCE(TABLE_ROWS, 0) AS row_count,"
                    + " COALESCE(DATA_LENGTH, 0) AS data_bytes, COALESCE(INDEX_LENGTH, 0) AS index_bytes,"
                    + " COALESCE(DATA_FREE, 0) AS free_bytes FROM information_schema.TABLES"
                    + " WHERE TABLE_TYPE = 'BASE TABLE' AND TABLE_SCHEMA NOT IN " + SYSTEM;

    private Statistics() {}

    /**
     * Numbers of one table.
     *
     * @param rows by the statistics
     * @param stored bytes of its pages, by the same
     * @param indexes bytes of its secondary indexes, by the same
     * @param file the bytes of its files that hold something, 0 if unknown
     */
    record Table(TableName name, long rows, long stored, long indexes, long file) {
        boolean isStale() {
            return space().isStale();
        }

        long storedNow() {
            return space().storedNow();
        }

        long indexesNow() {
            return space().indexesNow();
        }

        private TableSpace space() {
            return new TableSpace(stored, indexes, file);
        }
    }

    static List<Table> read(ServerSession session, ServerVersion version, Scope scope) {
        Map<TableName, Long> files = TableFiles.read(session, version);
        return session.query(TABLES).stream()
                .filter(row -> scope.includes(name(row)))
                .map(row -> table(row, files))
                .sorted(Comparator.comparingLong((Table table) -> -Math.max(table.stored(), table.file()))
                        .thenComparing(Table::name))
                .toList();
    }

    private static TableName name(Row row) {
        return TableName.of(row.text("db"), row.text("name"));
    }

    private static Table table(Row row, Map<TableName, Long> files) {
        TableName name = name(row);
        long file = files.getOrDefault(name, 0L);
        return new Table(
                name,
                row.number("row_count"),
                row.number("data_bytes"),
                row.number("index_bytes"),
                Math.max(0, file - row.number("free_bytes")));
    }
}
