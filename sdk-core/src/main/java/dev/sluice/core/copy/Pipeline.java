// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What readers and writers share: the tables that wait, and a bounded queue of batches. Thread-safe. */
final class Pipeline {
    private final Queue<TableCopy> waiting;
    private final BlockingQueue<Batch> batches;
    private final AtomicInteger readersLeft;
    private final CopyFailure failure = new CopyFailure();
    private final CopyListener listener;

    Pipeline(List<TableCopy> tables, int readers, int writers, CopyListener listener) {
        this.waiting = new ConcurrentLinkedQueue<>(tables);
        this.batches = new ArrayBlockingQueue<>(writers);
        this.readersLeft = new AtomicInteger(readers);
        this.listener = listener;
    }

    CopyFailure failure() {
        return failure;
    }

    CopyListener listener() {
        return listener;
    }

    /** The next table to read, or null if all are taken. */
    @Nullable
    TableCopy nextTable() {
        failure.cancellation().check();
        return waiting.poll();
    }

    /** Waits while the writers have enough to do: the copy's memory is bounded by this. */
    void handOn(Batch batch) {
        try {
            while (!batches.offer(batch, 200, TimeUnit.MILLISECONDS)) {
                failure.cancellation().check();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("A reading thread was interrupted", interrupted);
        }
    }

    void readerEnded() {
        readersLeft.decrementAndGet();
    }

    /** The next batch to write, or null if there will be no more. */
    @Nullable
    Batch nextBatch() {
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
