// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.CancelledException;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** Moves all rows of all tables over readers and writers. Leaves no thread behind, however it ends. */
record RowCopy(
        Snapshot snapshot, MySqlConnector source, TargetSession target, RowFormat format, CopyListener listener) {
    private static final UnitPlanner PLANNER = UnitPlanner.WHOLE_TABLES;

    void copy(List<TableCopy> tables, int writers, Cancellation cancellation) {
        List<RowUnit> units = new ArrayList<>();
        for (TableCopy table : tables) {
            List<RowUnit> own = PLANNER.units(table);
            table.dividedInto(own.size());
            units.addAll(own);
        }
        List<MySqlSession> sessions = snapshot.readers();
        Pipeline.Crew crew = Pipeline.Crew.of(sessions.size(), writers, MemoryLimits.ofThisJvm());
        Pipeline pipeline = new Pipeline(units, crew, format, listener);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < crew.readers(); i++) {
            threads.add(thread("sluice-reader-" + i, new TableReader(snapshot, sessions.get(i), source, pipeline)));
        }
        for (int i = 0; i < crew.writers(); i++) {
            threads.add(thread("sluice-writer-" + i, new BatchWriter(target, pipeline)));
        }
        run(threads, pipeline.failure(), cancellation);
        requireComplete(tables);
    }

    private static void run(List<Thread> threads, CopyFailure failure, Cancellation cancellation) {
        try (Cancellation.Registration stop = cancellation.onCancel(() -> failure.report(new CancelledException()))) {
            threads.forEach(Thread::start);
            join(threads, failure);
        }
        failure.rethrow();
    }

    /** The threads must not outlive this call: when it is interrupted, they are stopped, and then joined all the same. */
    private static void join(List<Thread> threads, CopyFailure failure) {
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException stop) {
                    interrupted = true;
                    failure.report(new CancelledException());
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
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
