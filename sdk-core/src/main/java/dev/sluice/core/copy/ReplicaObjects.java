// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.catalog.DatabaseDefinition;
import dev.sluice.core.catalog.StoredObject;
import dev.sluice.core.catalog.TableDefinition;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.Quote;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Looks at what the replica holds of the catalog's databases: nothing before the copy, all of the catalog's objects after it. */
final class ReplicaObjects {
    private static final int MOST_IN_MESSAGE = 10;
    private static final String TABLES = "SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE ";
    private static final String ROUTINES = "SELECT ROUTINE_NAME AS name FROM information_schema.ROUTINES WHERE ";

    private final MySqlSession session;
    private final Catalog catalog;

    ReplicaObjects(MySqlSession session, Catalog catalog) {
        this.session = session;
        this.catalog = catalog;
    }

    /** The replica's databases, of any kind. */
    Set<String> databases() {
        Set<String> names = new TreeSet<>();
        session.query("SELECT SCHEMA_NAME AS name FROM information_schema.SCHEMATA")
                .forEach(row -> names.add(row.text("name")));
        return names;
    }

    /** Drops what an earlier attempt of the same run made. */
    void dropOwn(CreatedObjects own) {
        for (TableName table : own.tables()) {
            session.execute("DROP TABLE IF EXISTS " + Quote.identifier(table));
        }
        for (CreatedObjects.ObjectName object : own.objects()) {
            session.execute("DROP " + object.kind() + " IF EXISTS " + Quote.identifier(object.name()));
        }
        for (String database : own.databases()) {
            session.execute("DROP DATABASE IF EXISTS " + Quote.identifier(database));
        }
    }

    /**
     * Nothing is ever written into what somebody else made.
     *
     * @throws StepRefusedException ALREADY_THERE or DATABASE_DIFFERS
     */
    void requireAbsent() {
        List<String> there = new ArrayList<>();
        for (DatabaseDefinition database : catalog.databases()) {
            names(database.name()).stream().limit(MOST_IN_MESSAGE).forEach(there::add);
        }
        if (!there.isEmpty()) {
            throw new StepRefusedException(Problem.of(
                    CopyCode.ALREADY_THERE,
                    "The replica already has "
                            + String.join(", ", there.subList(0, Math.min(there.size(), MOST_IN_MESSAGE)))
                            + (there.size() > MOST_IN_MESSAGE ? " and more" : "")));
        }
        catalog.databases().forEach(this::requireSameCollation);
    }

    private void requireSameCollation(DatabaseDefinition database) {
        session.queryValue("SELECT DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = "
                        + Quote.literal(database.name()))
                .filter(collation -> !current(collation).equals(current(database.collation())))
                .ifPresent(collation -> {
                    throw new StepRefusedException(Problem.of(
                            CopyCode.DATABASE_DIFFERS,
                            "The replica has the database " + database.name() + " with the collation " + collation
                                    + ", not " + database.collation()));
                });
    }

    /** 8.0.30 renamed the collations of utf8. */
    private static String current(String collation) {
        return collation.replaceFirst("^utf8_", "utf8mb3_");
    }

    /**
     * The server can leave out an object without an error, such as an event whose time is over.
     *
     * @throws StepRefusedException OBJECT_MISSING
     */
    void requireComplete() {
        boolean lower = session.queryValue("SELECT @@lower_case_table_names")
                .filter(value -> !value.equals("0"))
                .isPresent();
        Set<String> expected = new TreeSet<>();
        catalog.tables().stream().map(ReplicaObjects::title).forEach(expected::add);
        catalog.objects().stream().map(StoredObject::toString).forEach(expected::add);
        Set<String> found = new TreeSet<>();
        catalog.databases().forEach(database -> {
            found.addAll(names(database.name()));
            found.addAll(triggers(database.name()));
        });
        if (lower) {
            expected.removeIf(title -> found.contains(title.toLowerCase(Locale.ROOT)));
        }
        expected.removeAll(found);
        if (!expected.isEmpty()) {
            throw new StepRefusedException(
                    Problem.of(CopyCode.OBJECT_MISSING, "The replica lacks " + String.join(", ", expected)));
        }
    }

    private static String title(TableDefinition table) {
        return "table " + table.name();
    }

    /** Tables, views, routines and events of a database, each as {@link StoredObject#toString} says it. */
    private List<String> names(String database) {
        List<String> titles =
                new ArrayList<>(titles(database, "table", TABLES + "TABLE_TYPE <> 'VIEW' AND TABLE_SCHEMA = "));
        titles.addAll(titles(database, "view", TABLES + "TABLE_TYPE = 'VIEW' AND TABLE_SCHEMA = "));
        titles.addAll(titles(database, "function", ROUTINES + "ROUTINE_TYPE = 'FUNCTION' AND ROUTINE_SCHEMA = "));
        titles.addAll(titles(database, "procedure", ROUTINES + "ROUTINE_TYPE = 'PROCEDURE' AND ROUTINE_SCHEMA = "));
        titles.addAll(titles(
                database, "event", "SELECT EVENT_NAME AS name FROM information_schema.EVENTS WHERE EVENT_SCHEMA = "));
        return titles;
    }

    private List<String> triggers(String database) {
        return titles(
                database,
                "trigger",
                "SELECT TRIGGER_NAME AS name FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = ");
    }

    private List<String> titles(String database, String kind, String query) {
        return session.query(query + Quote.literal(database)).stream()
                .map(row -> kind + " " + database + "." + row.text("name"))
                .toList();
    }
}
