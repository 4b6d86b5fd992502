// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.error.Problem;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.snapshot.Snapshot;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Copies a snapshot: structure, rows over readers and writers with bounded memory between them, then keys and triggers. Thread-safe; each call
 * has sessions of its own.
 *
 * <p>Statistics of the new tables are left to the replica: InnoDB recalculates them in the background once a tenth of a table has
 * changed, and an {@code ANALYZE TABLE} here would only make the load longer.
 */
public final class Copier {
    private final CopyRequest request;
    private final CopyListener listener;

    public Copier(CopyRequest request, CopyListener listener) {
        this.request = requireNonNull(request, "request");
        this.listener = requireNonNull(listener, "listener");
    }

    /**
     * Copies. Returns when every row was confirmed by the replica and every object is there.
     *
     * @param snapshot sessions on the source that see its instant
     * @param source the snapshot's server
     * @param catalog the snapshot's definitions
     * @param replica where to
     * @return what was copied; see {@link CopyReport#created} for its undo
     * @throws dev.sluice.api.error.StepException if anything was not taken as it was sent; what was created stays for the undo
     * @throws dev.sluice.core.mysql.CancelledException if somebody cancelled; as well
     */
    public CopyReport copy(
            Snapshot snapshot,
            MySqlConnector source,
            Catalog catalog,
            MySqlConnector replica,
            Cancellation cancellation) {
        return copy(snapshot, source, catalog, catalog, replica, cancellation);
    }

    /**
     * The same for tables that are made elsewhere on the replica.
     *
     * @param landing the snapshot's definitions as they are to be on the replica, the same tables in the same order
     */
    public CopyReport copy(
            Snapshot snapshot,
            MySqlConnector source,
            Catalog catalog,
            Catalog landing,
            MySqlConnector replica,
            Cancellation cancellation) {
        long began = System.nanoTime();
        TargetSession target = new TargetSession(replica, request, landing.defaultUtf8mb4Collation());
        List<TableCopy> tables = plan(catalog, landing);
        IndexPlan indexes = IndexPlan.of(landing, request.indexes());
        ReplicaCrew crew = new ReplicaCrew(target, request.writers(), cancellation);
        Prepared prepared = prepare(crew, landing, indexes);
        IndexBuild build = new IndexBuild(indexes);
        new RowCopy(snapshot, source, target, prepared.format(), build, listener).copy(tables, request, cancellation);
        build.addForeignKeys(new ReplicaCrew(target, request.writers(), cancellation), landing);
        finish(target, landing, cancellation);
        return new CopyReport(
                tables.stream().map(Copier::figures).toList(),
                prepared.created(),
                Duration.ofNanos(System.nanoTime() - began));
    }

    /** The biggest first, so that no big one is left alone at the end. */
    private List<TableCopy> plan(Catalog catalog, Catalog landing) {
        List<TableCopy> tables = IntStream.range(0, catalog.tables().size())
                .mapToObj(i ->
                        new TableCopy(catalog.tables().get(i), landing.tables().get(i)))
                .sorted(Comparator.comparingLong(
                                (TableCopy table) -> table.definition().estimatedBytes())
                        .reversed())
                .toList();
        tables.forEach(table -> listener.planned(
                table.name(),
                table.definition().estimatedRows(),
                table.definition().estimatedBytes()));
        return tables;
    }

    /** What is known of the replica before the rows come. */
    private record Prepared(CreatedObjects created, RowFormat format) {}

    private Prepared prepare(ReplicaCrew crew, Catalog catalog, IndexPlan indexes) {
        CreatedObjects created = begin(crew.target(), catalog, crew.cancellation());
        // No session rests meanwhile: the server would end it.
        new TableCreation(crew, catalog, indexes).create();
        return new Prepared(created, createObjects(crew.target(), catalog, crew.cancellation()));
    }

    private CreatedObjects begin(TargetSession target, Catalog catalog, Cancellation cancellation) {
        try (MySqlSession session = target.open(cancellation);
                Cancellation.Registration killed = session.cancellable(cancellation, target.replica())) {
            warnIfLogged(session);
            CreatedObjects created = requireAbsent(session, catalog);
            new StructureWriter(session, catalog, listener::warning).createDatabases();
            return created;
        }
    }

    private RowFormat createObjects(TargetSession target, Catalog catalog, Cancellation cancellation) {
        try (MySqlSession session = target.open(cancellation);
                Cancellation.Registration killed = session.cancellable(cancellation, target.replica())) {
            new StructureWriter(session, catalog, listener::warning).createObjects();
            return RowFormat.of(session);
        }
    }

    private void finish(TargetSession target, Catalog catalog, Cancellation cancellation) {
        try (MySqlSession session = target.open(cancellation);
                Cancellation.Registration killed = session.cancellable(cancellation, target.replica())) {
            new StructureWriter(session, catalog, listener::warning).createTriggers();
            new ReplicaObjects(session, catalog).requireComplete();
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

    private CreatedObjects requireAbsent(MySqlSession session, Catalog catalog) {
        ReplicaObjects objects = new ReplicaObjects(session, catalog);
        objects.dropOwn(request.own());
        objects.requireAbsent();
        CreatedObjects created = CreatedObjects.of(catalog, objects.databases());
        listener.creates(created);
        return created;
    }

    private static CopyReport.TableFigures figures(TableCopy table) {
        return new CopyReport.TableFigures(table.name(), table.rows(), table.bytes(), table.took());
    }
}
