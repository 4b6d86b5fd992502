// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlSession;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Writes batches as they come, on a session of its own, until the readers have ended and nothing waits. */
final class BatchWriter implements Runnable {
    private final TargetSession target;
    private final BlockingQueue<Batch> batches;
    private final AtomicInteger readersLeft;
    private final CopyFailure failure;
    private final CopyListener listener;

    BatchWriter(
            TargetSession target,
            BlockingQueue<Batch> batches,
            AtomicInteger readersLeft,
            CopyFailure failure,
            CopyListener listener) {
        this.target = target;
        this.batches = batches;
        this.readersLeft = readersLeft;
        this.failure = failure;
        this.listener = listener;
    }

    @Override
    public void run() {
        try (MySqlSession session = target.open(failure.cancellation());
                Cancellation.Registration killed = session.cancellable(failure.cancellation(), target.replica())) {
            for (Batch batch = next(); batch != null; batch = next()) {
                batch.write(session);
                confirmed(batch);
            }
        } catch (RuntimeException | Error failed) {
            failure.report(failed);
        }
    }

    private void confirmed(Batch batch) {
        TableCopy table = batch.table();
        boolean all = table.confirmed(batch.rows(), batch.size());
        listener.progress(table.name(), table.rows(), table.bytes());
        if (all) {
            listener.tableDone(table.name(), table.rows(), table.bytes());
        }
    }

    private @Nullable Batch next() {
        try {
            while (true) {
                failure.cancellation().check();
                // Read before the queue is: readers hand on before they end.
                boolean noMore = readersLeft.get() == 0;
                Batch batch = batches.poll(100, TimeUnit.MILLISECONDS);
                if (batch != null || noMore) {
                    return batch;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("A writing thread was interrupted", interrupted);
        }
    }
}
