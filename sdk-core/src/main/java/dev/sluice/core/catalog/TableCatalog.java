// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.catalog;

import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the tables of a scope: what is asked once in the first session, each table's own definition in one of all. */
final class TableCatalog {
    /** Below what a session returns at most. */
    private static final int PAGE = 50_000;

    /** What the server replaces when it makes text of bytes that are none. */
    private static final char NO_TEXT = '\uFFFD';

    private final SideBySide sessions;
    private final ServerSession session;
    private final ServerVersion version;
    private final Extent extent;

    TableCatalog(SideBySide sessions, ServerVersion version, Extent extent) {
        this.sessions = sessions;
        this.session = sessions.sessions().get(0);
        this.version = version;
        this.extent = extent;
    }

    /** Ordered by database and name, as Java orders text. */
    List<TableDefinition> read() {
        Map<TableName, TableDefinition.Size> sizes = sizes();
        Map<TableName, List<Row>> columns = grouped(
                "SELECT TABLE_SCHEMA AS db, TABLE_NAME AS tbl, COLUMN_NAME AS name, DATA_TYPE AS dt, COLUMN_TYPE AS ct,"
                        + " CHARACTER_SET_NAME AS cs, COLUMN_DEFAULT AS def, EXTRA AS extra FROM information_schema.COLUMNS"
                        + " WHERE " + extent.condition("TABLE_SCHEMA")
                        + " ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION");
        Map<TableName, List<Row>> keys = grouped(
                "SELECT TABLE_SCHEMA AS db, TABLE_NAME AS tbl, COLUMN_NAME AS name FROM information_schema.STATISTICS"
                        + " WHERE INDEX_NAME = 'PRIMARY' AND " + extent.condition("TABLE_SCHEMA")
                        + " ORDER BY TABLE_SCHEMA, TABLE_NAME, SEQ_IN_INDEX");
        Map<TableName, List<Row>> partitions = grouped(
                "SELECT TABLE_SCHEMA AS db, TABLE_NAME AS tbl, COALESCE(SUBPARTITION_NAME, PARTITION_NAME) AS name"
                        + " FROM information_schema.PARTITIONS WHERE PARTITION_NAME IS NOT NULL AND "
                        + extent.condition("TABLE_SCHEMA")
                        + " ORDER BY TABLE_SCHEMA, TABLE_NAME, PARTITION_ORDINAL_POSITION, SUBPARTITION_ORDINAL_POSITION");
        return sessions
                .ask(
                        List.copyOf(sizes.entrySet()),
                        (asked, table) -> table(
                                asked,
                                table.getKey(),
                                table.getValue(),
                                columns.getOrDefault(table.getKey(), List.of()).stream()
                                        .map(ColumnDefinition::of)
                                        .toList(),
                                names(keys.get(table.getKey())),
                                names(partitions.get(table.getKey()))))
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Map<TableName, TableDefinition.Size> sizes() {
        Map<TableName, Long> files = TableFiles.read(session, version);
        Map<TableName, TableDefinition.Size> sizes = new TreeMap<>();
        read(
                "SELECT TABLE_SCHEMA AS db, TABLE_NAME AS tbl, ENGINE AS engine, TABLE_ROWS AS estimate,"
                        + " DATA_LENGTH AS bytes, INDEX_LENGTH AS indexes, DATA_FREE AS unused FROM information_schema.TABLES WHERE TABLE_TYPE = 'BASE TABLE' AND "
                        + extent.condition("TABLE_SCHEMA") + " ORDER BY TABLE_SCHEMA, TABLE_NAME",
                row -> {
                    TableName name = name(row);
                    if (extent.scope().includes(name)) {
                        sizes.put(name, size(row, files.getOrDefault(name, 0L)));
                    }
                });
        return sizes;
    }

    private static TableDefinition.Size size(Row row, long file) {
        return TableDefinition.Size.of(
                row.find("engine").orElse(""),
                number(row, "estimate"),
                new TableSpace(
                        number(row, "bytes"), number(row, "indexes"), Math.max(0, file - number(row, "unused"))));
    }

    private static long number(Row row, String label) {
        return row.find(label).map(Long::parseLong).orElse(0L);
    }

    private static TableName name(Row row) {
        return TableName.of(row.text("db"), row.text("tbl"));
    }

    private static List<String> names(@Nullable List<Row> rows) {
        return rows == null
                ? List.of()
                : rows.stream().map(row -> row.text("name")).toList();
    }

    private Map<TableName, List<Row>> grouped(String query) {
        Map<TableName, List<Row>> groups = new HashMap<>();
        read(
                query,
                row -> groups.computeIfAbsent(name(row), name -> new ArrayList<>())
                        .add(row));
        return groups;
    }

    /** Large schemas have more columns, and even more tables, than a session returns rows at once. Of names that differ in case only each has its place. */
    private void read(String query, Consumer<Row> each) {
        int read = PAGE;
        for (long offset = 0; read == PAGE; offset += PAGE) {
            List<Row> page = session.query(query + ", CAST(TABLE_SCHEMA AS BINARY), CAST(TABLE_NAME AS BINARY) LIMIT "
                    + PAGE + " OFFSET " + offset);
            page.forEach(each);
            read = page.size();
        }
    }

    private Optional<TableDefinition> table(
            ServerSession asked,
            TableName name,
            TableDefinition.Size size,
            List<ColumnDefinition> columns,
            List<String> primaryKey,
            List<String> partitions) {
        List<ColumnDefinition> unsure =
                columns.stream().filter(ColumnDefinition::mayShowDefaultWrongly).toList();
        return new ShownDefinitions(asked)
                .show("TABLE", name, "Create Table")
                .map(row -> new TableDefinition(
                        name,
                        statement(row.text("Create Table"), columns, unsure),
                        unsure.isEmpty() ? List.of() : new ExactDefaults(asked).read(name, unsure),
                        columns,
                        primaryKey,
                        partitions,
                        size));
    }

    private String statement(String shown, List<ColumnDefinition> columns, List<ColumnDefinition> unsure) {
        // A default of bytes that are no text is set once more, exactly; until then it must not be too long.
        String text = unsure.isEmpty() ? shown : shown.replace(NO_TEXT, '?');
        return version.isAtLeast(8, 0, 0) ? text : PartitionClause.quoted(text, columns);
    }
}
