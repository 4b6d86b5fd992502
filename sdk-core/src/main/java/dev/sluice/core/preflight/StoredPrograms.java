// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.ServerSession;
import java.util.ArrayList;
import java.util.List;

/** The views and stored programs of a scope, with their definitions as far as the source's user may see them. */
final class StoredPrograms {
    private StoredPrograms() {}

    /**
     * One of them.
     *
     * @param what its kind and its name
     * @param tokens of its definition
     */
    record Program(String what, SqlTokens tokens) {}

    static List<Program> programs(ServerSession session, Scope scope) {
        List<Program> all = new ArrayList<>();
        all.addAll(read(
                session,
                "routine",
                "SELECT ROUTINE_SCHEMA AS db, ROUTINE_NAME AS name, ROUTINE_DEFINITION AS body FROM information_schema.ROUTINES"
                        + " WHERE ROUTINE_DEFINITION IS NOT NULL AND "
                        + ScopeSql.wholeDatabases(scope, "ROUTINE_SCHEMA")));
        all.addAll(read(
                session,
                "trigger",
                "SELECT TRIGGER_SCHEMA AS db, TRIGGER_NAME AS name, ACTION_STATEMENT AS body FROM information_schema.TRIGGERS WHERE "
                        + ScopeSql.tables(scope, "EVENT_OBJECT_SCHEMA", "EVENT_OBJECT_TABLE")));
        all.addAll(read(
                session,
                "event",
                "SELECT EVENT_SCHEMA AS db, EVENT_NAME AS name, EVENT_DEFINITION AS body FROM information_schema.EVENTS WHERE "
                        + ScopeSql.wholeDatabases(scope, "EVENT_SCHEMA")));
        return all;
    }

    static List<Program> views(ServerSession session, Scope scope) {
        return read(
                session,
                "view",
                "SELECT TABLE_SCHEMA AS db, TABLE_NAME AS name, VIEW_DEFINITION AS body FROM information_schema.VIEWS WHERE "
                        + ScopeSql.tables(scope, "TABLE_SCHEMA", "TABLE_NAME"));
    }

    private static List<Program> read(ServerSession session, String kind, String query) {
        return session.query(query + " ORDER BY 1, 2").stream()
                .map(row -> new Program(
                        kind + " " + TableName.of(row.text("db"), row.text("name")),
                        SqlTokens.of(row.find("body").orElse(""))))
                .toList();
    }
}
