// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.mysql.Cancellation;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What readers and writers share: the units that wait to be read, batches on their way, and a bounded number of buffers for these,
 * so that a slow replica holds back the readers. Thread-safe.
 */
final class Pipeline {
    private final Queue<RowUnit> waiting;
    private final LinkedBlockingQueue<Batch> batches = new LinkedBlockingQueue<>();
    private final AtomicInteger readersLeft;
    private final CopyFailure failure = new CopyFailure();
    private final Buffers buffers;
    private final int batchBytes;
    private final WideRows wideRows;
    private final RowFormat format;
    private final CopyListener listener;

    Pipeline(List<RowUnit> units, Crew crew, RowFormat format, CopyListener listener) {
        this.waiting = new ConcurrentLinkedQueue<>(units);
        this.readersLeft = new AtomicInteger(crew.readers());
        this.batchBytes = (int) Math.min(crew.batchBytes(), format.largest());
        this.buffers = new Buffers(crew.batches(), batchBytes, failure.cancellation());
        this.wideRows = new WideRows(failure.cancellation());
        this.format = format;
        this.listener = listener;
    }

    /**
     * How many work at the same time.
     *
     * @param readers threads that read
     * @param writers threads that write
     * @param batchBytes the size of a batch that is not made for one large row
     */
    record Crew(int readers, int writers, int batchBytes) {
        static Crew of(int readers, int writers, MemoryLimits limits) {
            int reading = limits.readers(readers);
            return new Crew(reading, writers, limits.batchBytes(reading + 2 * writers));
        }

        /** One for each that works, and one waiting for each writer. */
        int batches() {
            return readers + 2 * writers;
        }
    }

    CopyFailure failure() {
        return failure;
    }

    Cancellation cancellation() {
        return failure.cancellation();
    }

    CopyListener listener() {
        return listener;
    }

    RowFormat format() {
        return format;
    }

    WideRows.Turn wideRows() {
        return wideRows.turn();
    }

    /** The next unit to read, or null if all are taken. */
    @Nullable
    RowUnit nextUnit() {
        cancellation().check();
        return waiting.poll();
    }

    /** Waits for memory and begins a batch that takes a row of this size. The caller holds no other batch. */
    Batch begin(TableCopy table, long rowBytes) {
        long needed = rowBytes + format.head(table.statements()).length;
        if (needed > format.largest()) {
            throw RowTooLarge.of(table, rowBytes, format);
        }
        return new Batch(table, format, buffers.take((int) Math.max(batchBytes, needed)));
    }

    void handOn(Batch batch) {
        batches.add(batch);
    }

    void readerEnded() {
        readersLeft.decrementAndGet();
    }

    /** The next batch to write, or null if there will be no more. */
    @Nullable
    Batch nextBatch() {
        try {
            while (true) {
                cancellation().check();
                // Read before the queue is: readers hand on before they end.
                boolean noMore = readersLeft.get() == 0;
                Batch batch = batches.poll(50, TimeUnit.MILLISECONDS);
                if (batch != null || noMore) {
                    return batch;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("A writing thread was interrupted", interrupted);
        }
    }

    /** The batch is written: its memory is free, and its rows count. */
    void confirmed(Batch batch) {
        TableCopy table = batch.table();
        buffers.giveBack(batch.release());
        boolean all = table.confirmed(batch.rows(), batch.length());
        listener.progress(table.name(), table.rows(), table.bytes());
        if (all) {
            listener.tableDone(table.name(), table.rows(), table.bytes());
        }
    }

    /** All rows of the unit are read, and proven to be the snapshot's. */
    void read(RowUnit unit, long rows) {
        TableCopy table = unit.table();
        if (table.unitRead(rows)) {
            listener.tableDone(table.name(), table.rows(), table.bytes());
        }
    }
}
