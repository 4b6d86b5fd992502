// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.catalog;

import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.catalog.StoredObject.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads the views, routines, triggers and events of a scope. One thread at a time. */
final class ObjectCatalog {
    private static final Comparator<StoredObject> BY_NAME =
            Comparator.comparing(StoredObject::database).thenComparing(StoredObject::name);

    private final ServerSession session;
    private final Extent extent;
    private final ShownDefinitions definitions;

    ObjectCatalog(ServerSession session, Extent extent) {
        this.session = session;
        this.extent = extent;
        this.definitions = new ShownDefinitions(session);
    }

    /** By kind, and within the kind by name; triggers in the order in which they fire. */
    List<StoredObject> read() {
        List<StoredObject> objects = new ArrayList<>();
        objects.addAll(routines(Kind.FUNCTION, "Create Function"));
        objects.addAll(routines(Kind.PROCEDURE, "Create Procedure"));
        objects.addAll(views());
        objects.addAll(triggers());
        objects.addAll(events());
        return objects;
    }

    private List<StoredObject> views() {
        return session
                .query("SELECT TABLE_SCHEMA AS db, TABLE_NAME AS name FROM information_schema.TABLES"
                        + " WHERE TABLE_TYPE = 'VIEW' AND " + extent.condition("TABLE_SCHEMA"))
                .stream()
                .filter(row -> extent.scope().includes(name(row)))
                .flatMap(row -> object(Kind.VIEW, row, "Create View").stream())
                .sorted(BY_NAME)
                .toList();
    }

    private List<StoredObject> routines(Kind kind, String column) {
        return session
                .query("SELECT ROUTINE_SCHEMA AS db, ROUTINE_NAME AS name FROM information_schema.ROUTINES"
                        + " WHERE ROUTINE_TYPE = '" + kind + "' AND " + extent.condition("ROUTINE_SCHEMA"))
                .stream()
                .filter(row -> extent.scope().includesWhole(row.text("db")))
                .flatMap(row -> object(kind, row, column).stream())
                .sorted(BY_NAME)
                .toList();
    }

    private List<StoredObject> triggers() {
        return session
                .query(
                        "SELECT TRIGGER_SCHEMA AS db, TRIGGER_NAME AS name, EVENT_OBJECT_TABLE AS tbl FROM"
                                + " information_schema.TRIGGERS WHERE " + extent.condition("TRIGGER_SCHEMA")
                                + " ORDER BY TRIGGER_SCHEMA, EVENT_OBJECT_TABLE, ACTION_TIMING, EVENT_MANIPULATION, ACTION_ORDER")
                .stream()
                .filter(row -> extent.scope().includes(TableName.of(row.text("db"), row.text("tbl"))))
                .flatMap(row -> object(Kind.TRIGGER, row, "SQL Original Statement").stream())
                // Servers order names in their own ways; the order within a table stays, since this sort is stable.
                .sorted(Comparator.comparing(StoredObject::database).thenComparing(StoredObject::table))
                .toList();
    }

    private List<StoredObject> events() {
        return session
                .query("SELECT EVENT_SCHEMA AS db, EVENT_NAME AS name FROM information_schema.EVENTS WHERE "
                        + extent.condition("EVENT_SCHEMA"))
                .stream()
                .filter(row -> extent.scope().includesWhole(row.text("db")))
                .flatMap(row -> object(Kind.EVENT, row, "Create Event").stream())
                .sorted(BY_NAME)
                .toList();
    }

    private static TableName name(Row row) {
        return TableName.of(row.text("db"), row.text("name"));
    }

    private Optional<StoredObject> object(Kind kind, Row listed, String column) {
        return definitions
                .show(kind.name(), name(listed), column)
                .map(row -> new StoredObject(
                        kind,
                        listed.text("db"),
                        listed.text("name"),
                        listed.find("tbl").orElse(""),
                        row.text(column),
                        new StoredObject.Setting(
                                row.find("sql_mode").orElse(""),
                                row.text("character_set_client"),
                                row.text("collation_connection"),
                                row.find("Database Collation").orElse(""),
                                row.find("time_zone").orElse(""))));
    }
}
