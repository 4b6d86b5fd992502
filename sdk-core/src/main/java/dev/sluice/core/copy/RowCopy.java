// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.snapshot.Snapshot;
import java.util.List;
import java.util.function.IntFunction;

/** Moves all rows of all tables over readers and writers, and adds the keys that were left out. Leaves no thread behind, however it ends. */
record RowCopy(
        Snapshot snapshot,
        MySqlConnector source,
        TargetSession target,
        RowFormat format,
        IndexBuild indexes,
        CopyListener listener) {
    void copy(List<TableCopy> tables, List<RowUnit> units, CopyRequest request, Cancellation cancellation) {
        List<MySqlSession> sessions = snapshot.readers();
        Pipeline.Crew crew = Pipeline.Crew.of(sessions.size(), request.writers(), MemoryLimits.ofThisJvm());
        Pipeline pipeline = new Pipeline(units, crew, format, indexes.plan(), listener);
        CopyThreads threads = new CopyThreads(pipeline.failure());
        for (int i = 0; i < crew.readers(); i++) {
            threads.add("sluice-reader-" + i, new TableReader(i, snapshot, sessions.get(i), source, pipeline));
        }
        Writers writers = new Writers(threads, number -> new BatchWriter(number, target, indexes, pipeline));
        try (Pacer pacer = new Pacer(request.budget(), pipeline, writers::need, listener);
                ThrottleWatch throttle = new ThrottleWatch(
                        request.throttle(), pipeline.gate(), pipeline.failure(), listener, System::nanoTime)) {
            throttle.start(cancellation);
            pacer.start();
            threads.run(cancellation);
        }
        requireComplete(tables);
    }

    /** As many writers as were ever needed; those that may not work wait without a session. */
    private static final class Writers {
        private final CopyThreads threads;
        private final IntFunction<Runnable> writer;
        private int count;

        Writers(CopyThreads threads, IntFunction<Runnable> writer) {
            this.threads = threads;
            this.writer = writer;
        }

        synchronized void need(int writers) {
            for (; count < writers; count++) {
                threads.add("sluice-writer-" + count, writer.apply(count));
            }
        }
    }

    /** Nothing is done by half without a failure: this would be a defect of the copy itself. */
    private static void requireComplete(List<TableCopy> tables) {
        for (TableCopy table : tables) {
            if (!table.isComplete()) {
                throw new IllegalStateException(
                        "The copy ended before all rows of " + table.name() + " were confirmed");
            }
        }
    }
}
