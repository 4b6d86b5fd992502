// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.catalog.TableDefinition;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlSession;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Sessions on the replica that do the same with one table after the other, side by side.
 *
 * @param target opens them
 * @param sessions how many
 * @param cancellation ends them
 */
record ReplicaCrew(TargetSession target, int sessions, Cancellation cancellation) {
    /** Fewer tables a session are not worth its opening. */
    private static final int TABLES_A_SESSION = 4;

    /** What a session does with each table. */
    @FunctionalInterface
    interface Work {
        Consumer<TableDefinition> on(MySqlSession session);
    }

    /** A single session. */
    ReplicaCrew alone() {
        return new ReplicaCrew(target, 1, cancellation);
    }

    /** As many sessions as are worth it where the work on each table is short. */
    ReplicaCrew forShortWork(List<TableDefinition> tables) {
        return new ReplicaCrew(target, Math.min(sessions, 1 + tables.size() / TABLES_A_SESSION), cancellation);
    }

    /** Begins with the tables in this order. Returns when all are done, and throws the first failure when all have ended. */
    void each(List<TableDefinition> tables, Work work) {
        Queue<TableDefinition> waiting = new ConcurrentLinkedQueue<>(tables);
        CopyFailure failure = new CopyFailure();
        CopyThreads threads = new CopyThreads(failure);
        for (int i = 0; i < Math.min(sessions, tables.size()); i++) {
            threads.add("sluice-tables-" + i, () -> run(waiting, failure, work));
        }
        threads.run(cancellation);
    }

    private void run(Queue<TableDefinition> waiting, CopyFailure failure, Work work) {
        try (MySqlSession session = target.open(failure.cancellation());
                Cancellation.Registration killed = session.cancellable(failure.cancellation(), target.replica())) {
            Consumer<TableDefinition> each = work.on(session);
            for (TableDefinition table = waiting.poll(); table != null; table = waiting.poll()) {
                failure.cancellation().check();
                each.accept(table);
            }
        } catch (RuntimeException | Error failed) {
            failure.report(failed);
        }
    }
}
