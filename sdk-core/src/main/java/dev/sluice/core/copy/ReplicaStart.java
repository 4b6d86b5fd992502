// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.error.Problem;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlSession;

/** Makes a replica ready for rows: databases, tables without what is built later, views and programs; nothing over what is there. */
record ReplicaStart(
        TargetSession target, Catalog catalog, IndexPlan indexes, CopyRequest request, CopyListener listener) {
    /** What is known of the replica before the rows come. */
    record Ready(CreatedObjects created, RowFormat format) {}

    Ready prepare(Cancellation cancellation) {
        CreatedObjects created = begin(cancellation);
        // No session rests meanwhile: the server would end it.
        new TableCreation(new ReplicaCrew(target, request.writers(), cancellation), catalog, indexes).create();
        return new Ready(created, createObjects(cancellation));
    }

    private CreatedObjects begin(Cancellation cancellation) {
        try (MySqlSession session = target.open(cancellation);
                Cancellation.Registration killed = session.cancellable(cancellation, target.replica())) {
            warnIfLogged(session);
            CreatedObjects created = requireAbsent(session);
            new StructureWriter(session, catalog, listener::warning).createDatabases();
            return created;
        }
    }

    private RowFormat createObjects(Cancellation cancellation) {
        try (MySqlSession session = target.open(cancellation);
                Cancellation.Registration killed = session.cancellable(cancellation, target.replica())) {
            new StructureWriter(session, catalog, listener::warning).createObjects();
            return RowFormat.of(session);
        }
    }

    private void warnIfLogged(MySqlSession session) {
        if (request.binlog() == CopyRequest.ReplicaBinlog.SKIPPED_WHERE_ALLOWED
                && session.queryValue("SELECT @@GLOBAL.log_bin AND @@SESSION.sql_log_bin")
                        .filter("1"::equals)
                        .isPresent()) {
            listener.warning(Problem.of(CopyCode.LOAD_IS_LOGGED, session.server() + " logs what is loaded"));
        }
    }

    private CreatedObjects requireAbsent(MySqlSession session) {
        ReplicaObjects objects = new ReplicaObjects(session, catalog);
        objects.dropOwn(request.own());
        objects.requireAbsent();
        CreatedObjects created = CreatedObjects.of(catalog, objects.databases());
        listener.creates(created);
        return created;
    }
}
