// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static java.util.Objects.requireNonNull;

import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.snapshot.Snapshot;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

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
        Start start = start(
                new ReplicaStart(target, landing, indexes, request, listener),
                new TableDivision(tables, snapshot, source, request),
                cancellation);
        IndexBuild build = new IndexBuild(indexes, listener);
        new RowCopy(snapshot, source, target, start.replica().format(), build, listener)
                .copy(tables, start.units(), request, cancellation);
        build.addForeignKeys(new ReplicaCrew(target, request.writers(), cancellation), landing);
        finish(target, landing, cancellation);
        return new CopyReport(
                tables.stream().map(Copier::figures).toList(),
                start.replica().created(),
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

    /** What the rows need. */
    private record Start(ReplicaStart.Ready replica, List<RowUnit> units) {}

    /** The replica's part and the source's at the same time: neither needs the other. */
    private Start start(ReplicaStart replica, TableDivision division, Cancellation cancellation) {
        CopyFailure failure = new CopyFailure();
        CopyThreads threads = new CopyThreads(failure);
        AtomicReference<ReplicaStart.@Nullable Ready> ready = new AtomicReference<>();
        threads.add("sluice-replica-start", () -> {
            try {
                ready.set(replica.prepare(failure.cancellation()));
            } catch (RuntimeException | Error failed) {
                failure.report(failed);
            }
        });
        division.addTo(threads, failure, cancellation);
        threads.run(cancellation);
        return new Start(requireNonNull(ready.get(), "replica"), division.units());
    }

    private void finish(TargetSession target, Catalog catalog, Cancellation cancellation) {
        try (MySqlSession session = target.open(cancellation);
                Cancellation.Registration killed = session.cancellable(cancellation, target.replica())) {
            new StructureWriter(session, catalog, listener::warning).createTriggers();
            new ReplicaObjects(session, catalog).requireComplete();
        }
    }

    private static CopyReport.TableFigures figures(TableCopy table) {
        return new CopyReport.TableFigures(table.name(), table.rows(), table.bytes(), table.took());
    }
}
