// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.mysql.Quote;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the shapes of all tables in scope from information_schema: three queries a database. */
final class ShapeReader {
    /** Unlike DEFAULT_GENERATED, which is a default by an expression. */
    private static final Pattern GENERATED = Pattern.compile("(VIRTUAL|STORED) GENERATED");

    private final ReadSession session;
    private final ServerVersion version;

    ShapeReader(ReadSession session) {
        this.session = session;
        this.version = session.session().version();
    }

    SortedMap<TableName, TableShape> read(Scope scope) {
        SortedMap<TableName, TableShape> shapes = new TreeMap<>();
        for (List<@Nullable String> row : session.rows(DATABASES)) {
            String database = text(row, 0);
            if (scope.touches(database)) {
                readDatabase(database, scope, shapes);
            }
        }
        return shapes;
    }

    static final String DATABASES = "SELECT SCHEMA_NAME FROM information_schema.SCHEMATA ORDER BY SCHEMA_NAME";

    static String tables(String database) {
        return "SELECT TABLE_NAME, TABLE_ROWS, AVG_ROW_LENGTH, ENGINE FROM information_schema.TABLES WHERE TABLE_SCHEMA = "
                + database + " AND TABLE_TYPE = 'BASE TABLE' ORDER BY TABLE_NAME";
    }

    static String columns(String database) {
        return "SELECT TABLE_NAME, COLUMN_NAME, DATA_TYPE, COLUMN_TYPE, IS_NULLABLE, CHARACTER_OCTET_LENGTH,"
                + " CHARACTER_SET_NAME, COLLATION_NAME, EXTRA FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = "
                + database
                + " ORDER BY TABLE_NAME, ORDINAL_POSITION";
    }

    static String keys(String database, ServerVersion version) {
        return "SELECT TABLE_NAME, INDEX_NAME, COLUMN_NAME, SUB_PART FROM information_schema.STATISTICS"
                + " WHERE TABLE_SCHEMA = " + database + " AND NON_UNIQUE = 0"
                + (version.isAtLeast(8, 0, 0) ? " AND IS_VISIBLE = 'YES'" : "")
                + " ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX";
    }

    private void readDatabase(String database, Scope scope, SortedMap<TableName, TableShape> into) {
        String name = Quote.literal(database);
        Map<String, List<Column>> columns = readColumns(name);
        Map<String, Map<String, List<KeyPart>>> indexes = readIndexes(name);
        for (List<@Nullable String> row : session.rows(tables(name))) {
            TableName table = TableName.of(database, text(row, 0));
            if (scope.includes(table)) {
                List<Column> own = columns.getOrDefault(table.table(), List.of());
                into.put(
                        table,
                        new TableShape(
                                own,
                                keys(own, indexes.getOrDefault(table.table(), Map.of())),
                                number(row, 1),
                                number(row, 2),
                                textOr(row, 3)));
            }
        }
    }

    private Map<String, List<Column>> readColumns(String database) {
        Map<String, List<Column>> columns = new LinkedHashMap<>();
        for (List<@Nullable String> row : session.rows(columns(database))) {
            columns.computeIfAbsent(text(row, 0), table -> new ArrayList<>()).add(column(row));
        }
        return columns;
    }

    private static Column column(List<@Nullable String> row) {
        String dataType = text(row, 2).toLowerCase(Locale.ROOT);
        return new Column(
                text(row, 1),
                ColumnKind.of(dataType, text(row, 3), number(row, 5)),
                dataType,
                text(row, 4).equals("YES"),
                textOr(row, 6),
                textOr(row, 7),
                GENERATED.matcher(textOr(row, 8)).find());
    }

    private Map<String, Map<String, List<KeyPart>>> readIndexes(String database) {
        Map<String, Map<String, List<KeyPart>>> indexes = new LinkedHashMap<>();
        for (List<@Nullable String> row : session.rows(keys(database, version))) {
            indexes.computeIfAbsent(text(row, 0), table -> new LinkedHashMap<>())
                    .computeIfAbsent(text(row, 1), index -> new ArrayList<>())
                    .add(new KeyPart(row.get(2), row.get(3) != null));
        }
        return indexes;
    }

    /** A part of an index: a column, or an expression and then no name. */
    private record KeyPart(@Nullable String column, boolean isPrefix) {}

    private static List<TableKey> keys(List<Column> columns, Map<String, List<KeyPart>> indexes) {
        List<TableKey> keys = new ArrayList<>();
        indexes.forEach((index, parts) -> key(index, parts, columns).ifPresent(keys::add));
        keys.sort(Comparator.comparing((TableKey key) -> !key.index().equals("PRIMARY"))
                .thenComparing(key -> key.columns().size()));
        return keys;
    }

    private static Optional<TableKey> key(String index, List<KeyPart> parts, List<Column> columns) {
        List<KeyColumn> found = parts.stream()
                .filter(part -> !part.isPrefix())
                .map(part -> columns.stream()
                        .filter(column -> column.name().equals(part.column()) && !column.isNullable())
                        .findFirst()
                        .flatMap(KeyColumn::of)
                        .orElse(null))
                .filter(Objects::nonNull)
                .toList();
        return found.size() == parts.size() ? Optional.of(new TableKey(index, found)) : Optional.empty();
    }

    private static String text(List<@Nullable String> row, int index) {
        String value = row.get(index);
        if (value == null) {
            throw new IllegalStateException("information_schema holds no value in column " + index);
        }
        return value;
    }

    private static String textOr(List<@Nullable String> row, int index) {
        String value = row.get(index);
        return value == null ? "" : value;
    }

    private static long number(List<@Nullable String> row, int index) {
        String value = row.get(index);
        return value == null ? 0 : Long.parseLong(value);
    }
}
