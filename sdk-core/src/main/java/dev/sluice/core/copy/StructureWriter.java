// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.error.Problem;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.catalog.DatabaseDefinition;
import dev.sluice.core.catalog.StoredObject.Kind;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.Quote;
import java.util.function.Consumer;

/** Creates on the replica what the catalog describes, but for tables. One thread at a time. */
final class StructureWriter {
    private final MySqlSession session;
    private final Catalog catalog;
    private final ObjectWriter objects;

    StructureWriter(MySqlSession session, Catalog catalog, Consumer<Problem> warnings) {
        this.session = session;
        this.catalog = catalog;
        this.objects = new ObjectWriter(session, catalog, warnings);
    }

    void createDatabases() {
        for (DatabaseDefinition database : catalog.databases()) {
            session.execute("CREATE DATABASE IF NOT EXISTS " + Quote.identifier(database.name()) + " CHARACTER SET "
                    + database.characterSet() + " COLLATE " + database.collation());
        }
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
