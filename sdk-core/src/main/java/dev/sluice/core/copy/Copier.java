// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.catalog.TableDefinition;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.CancelledException;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.snapshot.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Copies a snapshot: structure, rows over readers and writers with a bounded queue between them, then what hangs on tables. */
public final class Copier {
    private final CopyRequest request;
    private final CopyListener listener;

    public Copier(CopyRequest request, CopyListener listener) {
        this.request = request;
        this.listener = listener;
    }

    /**
     * Copies.
     *
     * @param snapshot sessions on the source that see its instant
     * @param catalog the snapshot's definitions
     * @throws dev.sluice.api.error.StepException if anything was not taken as it was sent; what was created stays for the undo
     */
    public CopyReport copy(
            Snapshot snapshot,
            MySqlConnector source,
            Catalog catalog,
            MySqlConnector replica,
            Cancellation cancellation) {
        long began = System.nanoTime();
        TargetSession target = new TargetSession(replica, request, catalog.defaultUtf8mb4Collation());
        List<TableCopy> tables = catalog.tables().stream()
                .sorted(Comparator.comparingLong(TableDefinition::estimatedBytes)
                        .reversed())
                .map(TableCopy::new)
                .toList();
        tables.forEach(table -> listener.planned(
                table.name(),
                table.definition().estimatedRows(),
                table.definition().estimatedBytes()));
        try (MySqlSession structure = target.open(cancellation);
                Cancellation.Registration killed = structure.cancellable(cancellation, replica)) {
            StructureWriter writer = new StructureWriter(structure, catalog);
            writer.requireAbsent();
            writer.createTables();
            copyRows(snapshot, source, tables, target, RowFormat.of(structure), cancellation);
            writer.createObjects();
        }
        return new CopyReport(
                tables.stream()
                        .map(table -> new CopyReport.TableFigures(table.name(), table.rows(), table.bytes()))
                        .toList(),
                Duration.ofNanos(System.nanoTime() - began));
    }

    private void copyRows(
            Snapshot snapshot,
            MySqlConnector source,
            List<TableCopy> tables,
            TargetSession target,
            RowFormat format,
            Cancellation cancellation) {
        List<MySqlSession> readers = snapshot.readers();
        Pipeline pipeline = new Pipeline(tables, readers.size(), request.writers(), listener);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < readers.size(); i++) {
            threads.add(
                    thread("sluice-reader-" + i, new TableReader(snapshot, readers.get(i), source, format, pipeline)));
        }
        for (int i = 0; i < request.writers(); i++) {
            threads.add(thread("sluice-writer-" + i, new BatchWriter(target, pipeline)));
        }
        CopyFailure failure = pipeline.failure();
        try (Cancellation.Registration stop = cancellation.onCancel(() -> failure.report(new CancelledException()))) {
            threads.forEach(Thread::start);
            join(threads, failure);
        }
        failure.rethrow();
        requireComplete(tables);
    }

    private static void requireComplete(List<TableCopy> tables) {
        for (TableCopy table : tables) {
            if (!table.isComplete()) {
                throw new IllegalStateException(
                        "The copy ended before all rows of " + table.name() + " were confirmed");
            }
        }
    }

    private static void join(List<Thread> threads, CopyFailure failure) {
        for (Thread thread : threads) {
            boolean joined = false;
            while (!joined) {
                try {
                    thread.join();
                    joined = true;
                } catch (InterruptedException interrupted) {
                    // The threads must not outlive this call: they are stopped, and then joined all the same.
                    failure.report(new IllegalStateException("The copying thread was interrupted", interrupted));
                }
            }
        }
    }

    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
