// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.catalog;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.catalog.StoredObject.Kind;
import dev.sluice.core.mysql.Quote;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads the definitions of a scope: a few queries a database for what there is, and one {@code SHOW CREATE} an object for what it
 * is. One thread at a time.
 */
public final class CatalogReader {
    private final ServerSession session;
    private final Scope scope;

    public CatalogReader(ServerSession session, Scope scope) {
        this.session = session;
        this.scope = scope;
    }

    public Catalog read() {
        List<DatabaseDefinition> databases = databases();
        List<TableDefinition> tables = new ArrayList<>();
        List<StoredObject> objects = new ArrayList<>();
        for (DatabaseDefinition database : databases) {
            tables.addAll(tables(database.name()));
            objects.addAll(objects(database.name()));
        }
        objects.sort(java.util.Comparator.comparing(StoredObject::kind));
        return new Catalog(utf8mb4Collation(), databases, tables, objects);
    }

    private String utf8mb4Collation() {
        return session.queryValue("SELECT COLLATION_NAME FROM information_schema.COLLATIONS"
                        + " WHERE CHARACTER_SET_NAME = 'utf8mb4' AND IS_DEFAULT = 'Yes'")
                .orElse("utf8mb4_general_ci");
    }

    private List<DatabaseDefinition> databases() {
        return session
                .query("SELECT SCHEMA_NAME AS name, DEFAULT_CHARACTER_SET_NAME AS charset,"
                        + " DEFAULT_COLLATION_NAME AS collation FROM information_schema.SCHEMATA ORDER BY SCHEMA_NAME")
                .stream()
                .filter(row -> scope.touches(row.text("name")))
                .map(row -> new DatabaseDefinition(row.text("name"), row.text("charset"), row.text("collation")))
                .toList();
    }

    private List<TableDefinition> tables(String database) {
        Map<String, List<ColumnDefinition>> columns = columns(database);
        Map<String, List<String>> keys = primaryKeys(database);
        List<TableDefinition> tables = new ArrayList<>();
        for (Row row : session.query("SELECT TABLE_NAME AS name, ENGINE AS engine, TABLE_ROWS AS estimate,"
                + " DATA_LENGTH AS bytes FROM information_schema.TABLES WHERE TABLE_TYPE = 'BASE TABLE'"
                + " AND TABLE_SCHEMA = " + Quote.literal(database) + " ORDER BY TABLE_NAME")) {
            TableName name = TableName.of(database, row.text("name"));
            if (scope.includes(name)) {
                tables.add(new TableDefinition(
                        name,
                        row.find("engine").orElse(""),
                        show("TABLE", name, "Create Table"),
                        columns.getOrDefault(name.table(), List.of()),
                        keys.getOrDefault(name.table(), List.of()),
                        row.find("estimate").map(Long::parseLong).orElse(0L),
                        row.find("bytes").map(Long::parseLong).orElse(0L)));
            }
        }
        return tables;
    }

    private Map<String, List<ColumnDefinition>> columns(String database) {
        Map<String, List<ColumnDefinition>> byTable = new LinkedHashMap<>();
        for (Row row :
                session.query("SELECT TABLE_NAME AS tab, COLUMN_NAME AS name, DATA_TYPE AS dt, COLUMN_TYPE AS ct,"
                        + " EXTRA AS extra FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = "
                        + Quote.literal(database)
                        + " ORDER BY TABLE_NAME, ORDINAL_POSITION")) {
            String extra = row.find("extra").orElse("").toUpperCase(Locale.ROOT);
            byTable.computeIfAbsent(row.text("tab"), table -> new ArrayList<>())
                    .add(new ColumnDefinition(
                            row.text("name"),
                            row.text("dt").toLowerCase(Locale.ROOT),
                            row.text("ct"),
                            extra.contains("VIRTUAL GENERATED") || extra.contains("STORED GENERATED")));
        }
        return byTable;
    }

    private Map<String, List<String>> primaryKeys(String database) {
        return session
                .query("SELECT TABLE_NAME AS tab, COLUMN_NAME AS name FROM information_schema.STATISTICS"
                        + " WHERE INDEX_NAME = 'PRIMARY' AND TABLE_SCHEMA = " + Quote.literal(database)
                        + " ORDER BY TABLE_NAME, SEQ_IN_INDEX")
                .stream()
                .collect(Collectors.groupingBy(
                        row -> row.text("tab"), Collectors.mapping(row -> row.text("name"), Collectors.toList())));
    }

    private List<StoredObject> objects(String database) {
        List<StoredObject> objects = new ArrayList<>();
        String here = Quote.literal(database);
        for (String view : names("SELECT TABLE_NAME FROM information_schema.VIEWS WHERE TABLE_SCHEMA = " + here)) {
            if (scope.includes(TableName.of(database, view))) {
                objects.add(object(Kind.VIEW, database, view, "Create View"));
            }
        }
        for (Row trigger : session.query("SELECT TRIGGER_NAME AS name, EVENT_OBJECT_TABLE AS tab FROM"
                + " information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = " + here
                + " ORDER BY EVENT_OBJECT_TABLE, EVENT_MANIPULATION, ACTION_TIMING, ACTION_ORDER")) {
            if (scope.includes(TableName.of(database, trigger.text("tab")))) {
                objects.add(object(Kind.TRIGGER, database, trigger.text("name"), "SQL Original Statement"));
            }
        }
        if (scope.includesWhole(database)) {
            routines(database, "FUNCTION", Kind.FUNCTION, "Create Function", objects);
            routines(database, "PROCEDURE", Kind.PROCEDURE, "Create Procedure", objects);
            for (String event : names("SELECT EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA = " + here
                    + " ORDER BY EVENT_NAME")) {
                objects.add(object(Kind.EVENT, database, event, "Create Event"));
            }
        }
        return objects;
    }

    private void routines(String database, String type, Kind kind, String column, List<StoredObject> into) {
        for (String routine : names("SELECT ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_TYPE = '" + type
                + "' AND ROUTINE_SCHEMA = " + Quote.literal(database) + " ORDER BY ROUTINE_NAME")) {
            into.add(object(kind, database, routine, column));
        }
    }

    private List<String> names(String sql) {
        return session.query(sql).stream()
                .map(Row::first)
                .flatMap(Optional::stream)
                .toList();
    }

    private StoredObject object(Kind kind, String database, String name, String column) {
        TableName full = TableName.of(database, name);
        Row row = showRow(kind.name(), full);
        return new StoredObject(
                kind,
                database,
                name,
                text(row, column, kind + " " + full),
                row.find("sql_mode").orElse(""),
                row.find("character_set_client").orElse("utf8mb4"),
                row.find("collation_connection").orElse("utf8mb4_general_ci"),
                row.find("time_zone").orElse(""));
    }

    private String show(String kind, TableName name, String column) {
        return text(showRow(kind, name), column, kind + " " + name);
    }

    private Row showRow(String kind, TableName name) {
        return session.queryOne("SHOW CREATE " + kind + " " + Quote.identifier(name))
                .orElseThrow(() -> new StepRefusedException(
                        Problem.of(CatalogCode.NOT_SHOWN, "The server does not show " + kind + " " + name)));
    }

    private static String text(Row row, String column, String what) {
        return row.find(column)
                .orElseThrow(() -> new StepRefusedException(
                        Problem.of(CatalogCode.NOT_SHOWN, "The user may not see the definition of " + what)));
    }
}
