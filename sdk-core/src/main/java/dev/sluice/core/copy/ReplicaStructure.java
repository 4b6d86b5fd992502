// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.error.Problem;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import java.util.List;
import java.util.function.Consumer;

/** What every way to copy has in common, whatever brings the rows. Immutable and thread-safe. */
public final class ReplicaStructure {
    private final TargetSession target;
    private final Catalog catalog;
    private final Consumer<Problem> warnings;

    /**
     * The structure that the replica is to get.
     *
     * @param request its number of writers means nothing here
     * @param warnings hears what does not stop the copy but should be known
     */
    public ReplicaStructure(MySqlConnector replica, CopyRequest request, Catalog catalog, Consumer<Problem> warnings) {
        this.target = new TargetSession(replica, request, catalog.defaultUtf8mb4Collation());
        this.catalog = catalog;
        this.warnings = warnings;
    }

    /**
     * Looks that nothing would be overwritten.
     *
     * @return what is going to be created, for the undo
     * @throws dev.sluice.api.error.StepRefusedException if the replica has tables where the catalog's would go
     */
    public CreatedObjects requireAbsent(Cancellation cancellation) {
        try (MySqlSession session = target.open(cancellation);
                Cancellation.Registration killed = session.cancellable(cancellation, target.replica())) {
            ReplicaObjects objects = new ReplicaObjects(session, catalog);
            objects.requireAbsent();
            return CreatedObjects.of(catalog, objects.databases());
        }
    }

    /** Creates the databases and the routines, before there are tables. */
    public void createDatabasesAndRoutines(Cancellation cancellation) {
        with(cancellation, StructureWriter::createDatabasesAndRoutines);
    }

    /** Creates the triggers; after the rows, for which they would fire. */
    public void createTriggers(Cancellation cancellation) {
        with(cancellation, StructureWriter::createTriggers);
    }

    /** Creates the events, disabled. */
    public void createEvents(Cancellation cancellation) {
        with(cancellation, StructureWriter::createEvents);
    }

    /** Which of the settings of a loading session this replica takes from this user, as {@code name = value}. */
    public List<String> acceptedSettings(Cancellation cancellation) {
        try (MySqlSession session = target.open(cancellation)) {
            return target.variables(session.version()).stream()
                    .filter(setting -> TargetSession.takes(session, "SET SESSION " + setting))
                    .toList();
        }
    }

    private void with(Cancellation cancellation, Consumer<StructureWriter> work) {
        try (MySqlSession session = target.open(cancellation);
                Cancellation.Registration killed = session.cancellable(cancellation, target.replica())) {
            work.accept(new StructureWriter(session, catalog, warnings));
        }
    }
}
