// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.error.Problem;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.catalog.DatabaseDefinition;
import dev.sluice.core.catalog.ExactDefault;
import dev.sluice.core.catalog.StoredObject.Kind;
import dev.sluice.core.catalog.TableDefinition;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.Quote;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Creates on the replica what the catalog describes. One thread at a time. */
final class StructureWriter {
    private final MySqlSession session;
    private final Catalog catalog;
    private final ObjectWriter objects;

    StructureWriter(MySqlSession session, Catalog catalog, Consumer<Problem> warnings) {
        this.session = session;
        this.catalog = catalog;
        this.objects = new ObjectWriter(session, catalog, warnings);
    }

    private void createDatabases() {
        for (DatabaseDefinition database : catalog.databases()) {
            session.execute("CREATE DATABASE IF NOT EXISTS " + Quote.identifier(database.name()) + " CHARACTER SET "
                    + database.characterSet() + " COLLATE " + database.collation());
        }
    }

    void createTables(IndexPlan plan) {
        createDatabases();
        for (TableDefinition table : catalog.tables()) {
            try {
                create(table, plan.of(table).first());
            } catch (RuntimeException failure) {
                throw NotCreated.of("table " + table.name(), failure);
            }
        }
    }

    private void create(TableDefinition table, String statement) {
        session.execute("USE " + Quote.identifier(table.name().database()));
        session.execute(statement);
        if (!table.exactDefaults().isEmpty()) {
            session.execute("ALTER TABLE " + Quote.identifier(table.name())
                    + table.exactDefaults().stream()
                            .map(StructureWriter::setDefault)
                            .collect(Collectors.joining(",", " ", "")));
        }
    }

    private static String setDefault(ExactDefault exact) {
        return "ALTER COLUMN " + Quote.identifier(exact.column()) + " SET DEFAULT _" + exact.characterSet() + " x'"
                + exact.hex() + "'";
    }

    /**
     * All but triggers, which would fire for the rows. Before the rows, so that what the replica refuses shows early; routines before
     * views, which may call them.
     */
    void createObjects() {
        createRoutines();
        new ViewWriter(objects).create(catalog.objects(Kind.VIEW));
        createEvents();
    }

    /** What routines use need not exist, so that they can come first of all. */
    void createDatabasesAndRoutines() {
        createDatabases();
        createRoutines();
    }

    private void createRoutines() {
        catalog.objects(Kind.FUNCTION).forEach(objects::create);
        catalog.objects(Kind.PROCEDURE).forEach(objects::create);
    }

    /** Disabled: what they would do comes from the source. */
    void createEvents() {
        catalog.objects(Kind.EVENT).forEach(objects::create);
    }

    /** After the rows. */
    void createTriggers() {
        catalog.objects(Kind.TRIGGER).forEach(objects::create);
    }
}
