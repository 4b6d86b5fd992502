// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify.structure;

import static dev.sluice.core.verify.structure.TableDefinitions.value;

import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Quote;
import dev.sluice.core.verify.structure.Definition.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the views, routines, triggers and events of one database. */
final class StoredDefinitions {
    /** What a definition shows instead of a text that the user may not see. */
    static final String HIDDEN = "<not visible to this user>";

    static final String VIEWS =
            "SELECT TABLE_NAME, VIEW_DEFINITION, CHECK_OPTION, DEFINER, SECURITY_TYPE, CHARACTER_SET_CLIENT,"
                    + " COLLATION_CONNECTION FROM information_schema.VIEWS WHERE TABLE_SCHEMA = ";

    static final String ROUTINES =
            "SELECT ROUTINE_NAME, ROUTINE_TYPE, DTD_IDENTIFIER, CHARACTER_SET_NAME, COLLATION_NAME,"
                    + " ROUTINE_DEFINITION, IS_DETERMINISTIC, SQL_DATA_ACCESS, SECURITY_TYPE, SQL_MODE, ROUTINE_COMMENT, DEFINER,"
                    + " CHARACTER_SET_CLIENT, COLLATION_CONNECTION, DATABASE_COLLATION"
                    + " FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = ";

    static final String PARAMETERS =
            "SELECT SPECIFIC_NAME, ROUTINE_TYPE, PARAMETER_MODE, PARAMETER_NAME, DTD_IDENTIFIER,"
                    + " CHARACTER_SET_NAME, COLLATION_NAME FROM information_schema.PARAMETERS WHERE ORDINAL_POSITION > 0"
                    + " AND SPECIFIC_SCHEMA = ";

    static final String TRIGGERS =
            "SELECT TRIGGER_NAME, EVENT_MANIPULATION, EVENT_OBJECT_TABLE, ACTION_ORDER, ACTION_STATEMENT,"
                    + " ACTION_TIMING, SQL_MODE, DEFINER, CHARACTER_SET_CLIENT, COLLATION_CONNECTION, DATABASE_COLLATION"
                    + " FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = ";

    static final String EVENTS =
            "SELECT EVENT_NAME, DEFINER, TIME_ZONE, EVENT_DEFINITION, EVENT_TYPE, EXECUTE_AT, INTERVAL_VALUE,"
                    + " INTERVAL_FIELD, SQL_MODE, STARTS, ENDS, STATUS, ON_COMPLETION, EVENT_COMMENT, CHARACTER_SET_CLIENT,"
                    + " COLLATION_CONNECTION, DATABASE_COLLATION FROM information_schema.EVENTS WHERE EVENT_SCHEMA = ";

    private final ServerSession session;
    private final Spelling spelling;
    private final HiddenQueries hidden;

    StoredDefinitions(ServerSession session, Spelling spelling) {
        this.session = session;
        this.spelling = spelling;
        this.hidden = new HiddenQueries(session);
    }

    List<Definition> read(String database, Scope scope) {
        String name = Quote.literal(database);
        List<Definition> definitions = new ArrayList<>();
        for (Row row : session.query(VIEWS + name)) {
            if (scope.includes(TableName.of(database, row.text("TABLE_NAME")))) {
                definitions.add(definition(Kind.VIEW, database, row.text("TABLE_NAME"), view(row, database)));
            }
        }
        for (Row row : session.query(TRIGGERS + name)) {
            if (scope.includes(TableName.of(database, row.text("EVENT_OBJECT_TABLE")))) {
                definitions.add(definition(Kind.TRIGGER, database, row.text("TRIGGER_NAME"), trigger(row)));
            }
        }
        if (scope.includesWhole(database)) {
            routines(name, database, definitions);
            for (Row row : session.query(EVENTS + name)) {
                definitions.add(definition(Kind.EVENT, database, row.text("EVENT_NAME"), event(row)));
            }
        }
        return definitions;
    }

    private void routines(String name, String database, List<Definition> into) {
        Map<String, String> parameters = parameters(name);
        for (Row row : session.query(ROUTINES + name)) {
            Kind kind = row.text("ROUTINE_TYPE").equals("FUNCTION") ? Kind.FUNCTION : Kind.PROCEDURE;
            Map<String, String> parts = routine(row);
            parts.put("parameters", parameters.getOrDefault(kind + " " + row.text("ROUTINE_NAME"), ""));
            into.add(definition(kind, database, row.text("ROUTINE_NAME"), parts));
        }
    }

    private static Definition definition(Kind kind, String database, String name, Map<String, String> parts) {
        return new Definition(new Definition.Key(kind, database, name), parts);
    }

    private Map<String, String> view(Row row, String database) {
        Map<String, String> parts = context(row);
        String query = value(row, "VIEW_DEFINITION");
        parts.put(
                "query",
                (query.isEmpty() ? hidden.read(TableName.of(database, row.text("TABLE_NAME"))) : Optional.of(query))
                        .map(text -> spelling.expression(text, database))
                        .orElse(HIDDEN));
        parts.put("check option", value(row, "CHECK_OPTION"));
        parts.put("security", value(row, "SECURITY_TYPE"));
        return parts;
    }

    private Map<String, String> routine(Row row) {
        Map<String, String> parts = context(row);
        parts.put("body", row.find("ROUTINE_DEFINITION").orElse(HIDDEN));
        parts.put("returns", typed(row));
        parts.put(
                "characteristics",
                String.join(
                        "; ",
                        value(row, "IS_DETERMINISTIC"),
                        value(row, "SQL_DATA_ACCESS"),
                        value(row, "SECURITY_TYPE")));
        parts.put("comment", value(row, "ROUTINE_COMMENT"));
        return parts;
    }

    private Map<String, String> parameters(String name) {
        Map<String, String> parameters = new HashMap<>();
        for (Row row : session.query(
                PARAMETERS + name + TableDefinitions.inOrder("SPECIFIC_NAME, ROUTINE_TYPE, ORDINAL_POSITION"))) {
            parameters.merge(
                    row.text("ROUTINE_TYPE") + " " + row.text("SPECIFIC_NAME"),
                    value(row, "PARAMETER_MODE") + " " + value(row, "PARAMETER_NAME") + " " + typed(row),
                    (before, after) -> before + ", " + after);
        }
        return parameters;
    }

    private String typed(Row row) {
        return spelling.type(value(row, "DTD_IDENTIFIER"))
                + spelling.charset(" " + value(row, "CHARACTER_SET_NAME") + " " + value(row, "COLLATION_NAME"));
    }

    private Map<String, String> trigger(Row row) {
        Map<String, String> parts = context(row);
        parts.put("body", value(row, "ACTION_STATEMENT"));
        parts.put(
                "occasion",
                String.join(
                        " ",
                        value(row, "ACTION_TIMING"),
                        value(row, "EVENT_MANIPULATION"),
                        value(row, "EVENT_OBJECT_TABLE"),
                        value(row, "ACTION_ORDER")));
        return parts;
    }

    private Map<String, String> event(Row row) {
        Map<String, String> parts = context(row);
        parts.put("body", value(row, "EVENT_DEFINITION"));
        parts.put(
                "schedule",
                String.join(
                        "; ",
                        value(row, "EVENT_TYPE"),
                        value(row, "EXECUTE_AT"),
                        spelling.interval(value(row, "INTERVAL_VALUE"), value(row, "INTERVAL_FIELD")),
                        value(row, "INTERVAL_FIELD"),
                        value(row, "STARTS"),
                        value(row, "ENDS"),
                        value(row, "TIME_ZONE")));
        parts.put("on completion", value(row, "ON_COMPLETION"));
        parts.put("comment", value(row, "EVENT_COMMENT"));
        parts.put(Structure.STATUS, value(row, "STATUS"));
        return parts;
    }

    /** Under whose name, modes and character sets a stored program or view runs. */
    private Map<String, String> context(Row row) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("definer", value(row, "DEFINER"));
        row.find("SQL_MODE").ifPresent(modes -> parts.put("sql_mode", spelling.sqlMode(modes)));
        parts.put(
                "character sets",
                spelling.charset(String.join(
                        " ",
                        value(row, "CHARACTER_SET_CLIENT"),
                        value(row, "COLLATION_CONNECTION"),
                        value(row, "DATABASE_COLLATION"))));
        return parts;
    }
}
