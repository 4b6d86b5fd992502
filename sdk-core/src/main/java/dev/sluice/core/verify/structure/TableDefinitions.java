// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify.structure;

import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Quote;
import dev.sluice.core.verify.structure.Definition.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the tables of one database with their columns, indexes, foreign keys, checks and partitions. */
final class TableDefinitions {
    private final ServerSession session;
    private final ServerVersion version;
    private final Spelling spelling;

    TableDefinitions(ServerSession session, ServerVersion version, Spelling spelling) {
        this.session = session;
        this.version = version;
        this.spelling = spelling;
    }

    static final String TABLES = "SELECT TABLE_NAME, ENGINE, TABLE_COLLATION, CREATE_OPTIONS, TABLE_COMMENT"
            + " FROM information_schema.TABLES WHERE TABLE_TYPE = 'BASE TABLE' AND TABLE_SCHEMA = ";

    /** Older servers know no reference systems of columns. */
    static String columns(ServerVersion version) {
        return "SELECT TABLE_NAME, COLUMN_NAME, COLUMN_DEFAULT, IS_NULLABLE, CHARACTER_SET_NAME,"
                + " COLLATION_NAME, COLUMN_TYPE, EXTRA, COLUMN_COMMENT, GENERATION_EXPRESSION"
                + (version.isAtLeast(8, 0, 3) ? ", SRS_ID" : "")
                + " FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ";
    }

    static final String FOREIGN_KEYS =
            "SELECT k.TABLE_NAME, k.CONSTRAINT_NAME, k.COLUMN_NAME, k.REFERENCED_TABLE_SCHEMA,"
                    + " k.REFERENCED_TABLE_NAME, k.REFERENCED_COLUMN_NAME, r.UPDATE_RULE, r.DELETE_RULE"
                    + " FROM information_schema.KEY_COLUMN_USAGE k JOIN information_schema.REFERENTIAL_CONSTRAINTS r"
                    + " ON r.CONSTRAINT_SCHEMA = k.CONSTRAINT_SCHEMA AND r.TABLE_NAME = k.TABLE_NAME"
                    + " AND r.CONSTRAINT_NAME = k.CONSTRAINT_NAME WHERE k.TABLE_SCHEMA = ";

    static final String CHECKS = "SELECT t.TABLE_NAME, t.CONSTRAINT_NAME, t.ENFORCED, c.CHECK_CLAUSE"
            + " FROM information_schema.TABLE_CONSTRAINTS t JOIN information_schema.CHECK_CONSTRAINTS c"
            + " ON c.CONSTRAINT_SCHEMA = t.CONSTRAINT_SCHEMA AND c.CONSTRAINT_NAME = t.CONSTRAINT_NAME"
            + " WHERE t.CONSTRAINT_TYPE = 'CHECK' AND t.TABLE_SCHEMA = ";

    static final String PARTITIONS =
            "SELECT TABLE_NAME, PARTITION_NAME, SUBPARTITION_NAME, PARTITION_METHOD, SUBPARTITION_METHOD,"
                    + " PARTITION_EXPRESSION, SUBPARTITION_EXPRESSION, PARTITION_DESCRIPTION, PARTITION_COMMENT"
                    + " FROM information_schema.PARTITIONS WHERE PARTITION_NAME IS NOT NULL AND TABLE_SCHEMA = ";

    /** Older servers have neither expressions nor invisible indexes. */
    static String indexes(ServerVersion version) {
        return "SELECT TABLE_NAME, INDEX_NAME, NON_UNIQUE, COLUMN_NAME, SUB_PART, COLLATION, INDEX_TYPE, INDEX_COMMENT"
                + (version.isAtLeast(8, 0, 13) ? ", EXPRESSION" : "")
                + (version.isAtLeast(8, 0, 0) ? ", IS_VISIBLE" : "")
                + " FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = ";
    }

    static String inOrder(String columns) {
        return " ORDER BY " + columns;
    }

    List<Definition> read(String database, Scope scope) {
        String name = Quote.literal(database);
        Map<String, Map<String, String>> tables = new TreeMap<>();
        for (Row row : session.query(TABLES + name)) {
            if (scope.includes(TableName.of(database, row.text("TABLE_NAME")))) {
                tables.put(row.text("TABLE_NAME"), options(row));
            }
        }
        columns(name, database, tables);
        indexes(name, database, tables);
        foreignKeys(name, tables);
        if (version.isAtLeast(8, 0, 16)) {
            checks(name, database, tables);
        }
        partitions(name, tables);
        List<Definition> definitions = new ArrayList<>();
        tables.forEach((table, parts) ->
                definitions.add(new Definition(new Definition.Key(Kind.TABLE, database, table), parts)));
        return definitions;
    }

    private Map<String, String> options(Row row) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("engine", value(row, "ENGINE"));
        parts.put("collation", spelling.charset(value(row, "TABLE_COLLATION")));
        parts.put("options", spelling.options(value(row, "CREATE_OPTIONS")));
        parts.put("comment", value(row, "TABLE_COMMENT"));
        return parts;
    }

    private void columns(String name, String database, Map<String, Map<String, String>> tables) {
        for (Row row : session.query(columns(version) + name + inOrder("TABLE_NAME, ORDINAL_POSITION"))) {
            add(tables, row, "column " + row.text("COLUMN_NAME"), column(row, database));
            add(tables, row, "order of columns", row.text("COLUMN_NAME"));
        }
    }

    private String column(Row row, String database) {
        return String.join(
                "; ",
                spelling.type(row.text("COLUMN_TYPE")),
                spelling.charset(value(row, "CHARACTER_SET_NAME") + " " + value(row, "COLLATION_NAME")),
                "nullable " + row.text("IS_NULLABLE"),
                spelling.columnDefault(row.find("COLUMN_DEFAULT"), row.text("COLUMN_TYPE"), value(row, "EXTRA")),
                spelling.extra(value(row, "EXTRA")),
                spelling.expression(value(row, "GENERATION_EXPRESSION"), database, version),
                row.find("SRS_ID").map(system -> "srid " + system).orElse(""),
                "comment '" + value(row, "COLUMN_COMMENT") + "'");
    }

    private void indexes(String name, String database, Map<String, Map<String, String>> tables) {
        for (Row row : session.query(indexes(version) + name + inOrder("TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX"))) {
            String what = (value(row, "NON_UNIQUE").equals("0") ? "unique " : "") + value(row, "INDEX_TYPE") + " "
                    + (value(row, "IS_VISIBLE").equals("NO") ? "invisible " : "") + "'" + value(row, "INDEX_COMMENT")
                    + "'";
            String column = row.find("COLUMN_NAME")
                    .orElseGet(() -> spelling.expression(value(row, "EXPRESSION"), database, version));
            add(
                    tables,
                    row,
                    "index " + row.text("INDEX_NAME"),
                    what + ": " + column
                            + row.find("SUB_PART")
                                    .map(length -> "(" + length + ")")
                                    .orElse("") + (value(row, "COLLATION").equals("D") ? " descending" : ""));
        }
    }

    private void foreignKeys(String name, Map<String, Map<String, String>> tables) {
        for (Row row :
                session.query(FOREIGN_KEYS + name + inOrder("k.TABLE_NAME, k.CONSTRAINT_NAME, k.ORDINAL_POSITION"))) {
            add(
                    tables,
                    row,
                    "foreign key " + row.text("CONSTRAINT_NAME"),
                    row.text("COLUMN_NAME") + " -> " + value(row, "REFERENCED_TABLE_SCHEMA") + "."
                            + value(row, "REFERENCED_TABLE_NAME") + "." + value(row, "REFERENCED_COLUMN_NAME")
                            + " on update "
                            + spelling.rule(value(row, "UPDATE_RULE")) + " on delete "
                            + spelling.rule(value(row, "DELETE_RULE")));
        }
    }

    private void checks(String name, String database, Map<String, Map<String, String>> tables) {
        for (Row row : session.query(CHECKS + name + inOrder("t.TABLE_NAME, t.CONSTRAINT_NAME"))) {
            add(
                    tables,
                    row,
                    "check " + row.text("CONSTRAINT_NAME"),
                    spelling.expression(value(row, "CHECK_CLAUSE"), database, version) + " enforced "
                            + value(row, "ENFORCED"));
        }
    }

    private void partitions(String name, Map<String, Map<String, String>> tables) {
        for (Row row : session.query(
                PARTITIONS + name + inOrder("TABLE_NAME, PARTITION_ORDINAL_POSITION, SUBPARTITION_ORDINAL_POSITION"))) {
            add(
                    tables,
                    row,
                    "partition " + row.text("PARTITION_NAME"),
                    String.join(
                            "; ",
                            value(row, "PARTITION_METHOD"),
                            spelling.partitioning(value(row, "PARTITION_EXPRESSION")),
                            value(row, "PARTITION_DESCRIPTION"),
                            value(row, "SUBPARTITION_NAME"),
                            value(row, "SUBPARTITION_METHOD"),
                            spelling.partitioning(value(row, "SUBPARTITION_EXPRESSION")),
                            value(row, "PARTITION_COMMENT")));
        }
    }

    /** Parts of several rows, such as the columns of an index, are put together in their order. */
    private static void add(Map<String, Map<String, String>> tables, Row row, String part, String text) {
        Map<String, String> parts = tables.get(row.text("TABLE_NAME"));
        if (parts != null) {
            parts.merge(part, text, (before, after) -> before + ", " + after);
        }
    }

    static String value(Row row, String label) {
        return row.find(label).orElse("");
    }
}
