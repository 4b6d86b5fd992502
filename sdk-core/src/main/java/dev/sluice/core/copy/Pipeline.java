// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.mysql.Cancellation;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What readers and writers share: the units that wait to be read, batches on their way, and a bounded number of buffers for these,
 * so that a slow replica holds back the readers. Thread-safe.
 */
final class Pipeline {
    /** Routers and servers hang up on sessions that are idle for long; a writer's is opened anew when it is needed. */
    private static final Duration IDLE = Duration.ofSeconds(60);

    private final Queue<RowUnit> waiting;
    private final LinkedBlockingQueue<Batch> batches = new LinkedBlockingQueue<>();
    private final AtomicInteger readersLeft;
    private final CopyFailure failure = new CopyFailure();
    private final Buffers buffers;
    private final int batchBytes;
    private final WideRows wideRows;
    private final RowFormat format;
    private final CopyListener listener;
    private final Gate gate;
    private final AtomicLong confirmedBytes = new AtomicLong();

    Pipeline(List<RowUnit> units, Crew crew, RowFormat format, CopyListener listener) {
        this.waiting = new ConcurrentLinkedQueue<>(units);
        this.readersLeft = new AtomicInteger(crew.readers());
        this.batchBytes = (int) Math.min(crew.batchBytes(), format.largest());
        this.buffers = new Buffers(crew.batches(), batchBytes, failure.cancellation());
        this.wideRows = new WideRows(failure.cancellation());
        this.format = format;
        this.listener = listener;
        this.gate = new Gate(new Seats(crew.readers(), crew.writers()), failure.cancellation(), System::nanoTime);
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

    Gate gate() {
        return gate;
    }

    /** All that the replica confirmed up to now. */
    long confirmedBytes() {
        return confirmedBytes.get();
    }

    /** Waits until this reader may read, and returns the next unit, or null if all are taken. The caller holds no unit open. */
    @Nullable
    RowUnit awaitUnit(int reader) {
        cancellation().check();
        while (!gate.mayRead(reader)) {
            if (waiting.isEmpty()) {
                return null;
            }
            gate.poll();
        }
        return waiting.poll();
    }

    /** The next unit if this reader may go on at once, or null. */
    @Nullable
    RowUnit nextUnit(int reader) {
        cancellation().check();
        return gate.mayRead(reader) ? waiting.poll() : null;
    }

    /** Waits for memory and begins a batch that takes a row of this size. The caller holds no other batch. */
    Batch begin(TableCopy table, long rowBytes) {
        gate.betweenBatches();
        long needed = rowBytes + format.head(table.statements()).length;
        if (needed > format.largest()) {
            throw RowTooLarge.of(table, rowBytes, format);
        }
        return new Batch(table, format, buffers.take((int) Math.max(batchBytes, needed)));
    }

    /** Gives a batch to the writers, as soon as the budget has the bytes. */
    void handOn(Batch batch) {
        gate.pay(batch.length());
        batches.add(batch);
    }

    void readerEnded() {
        readersLeft.decrementAndGet();
    }

    /**
     * Waits until this writer may write. Returns false if there will be nothing more.
     *
     * @param onlyForBatch whether it also waits until there is something to write
     */
    boolean awaitWriting(int writer, boolean onlyForBatch) {
        while (true) {
            cancellation().check();
            boolean noMore = readersLeft.get() == 0;
            boolean isNothingHere = batches.isEmpty();
            if (noMore && isNothingHere) {
                return false;
            }
            if (gate.mayWrite(writer) && !(onlyForBatch && isNothingHere)) {
                return true;
            }
            gate.poll();
        }
    }

    /** The next batch to write, or null if this writer has to rest, or nothing came for long, or there will be no more. */
    @Nullable
    Batch nextBatch(int writer) {
        long began = System.nanoTime();
        try {
            while (gate.mayWrite(writer) && System.nanoTime() - began < IDLE.toNanos()) {
                cancellation().check();
                // Read before the queue is: readers hand on before they end.
                boolean noMore = readersLeft.get() == 0;
                Batch batch = batches.poll(50, TimeUnit.MILLISECONDS);
                if (batch != null || noMore) {
                    return batch;
                }
            }
            return null;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("A writing thread was interrupted", interrupted);
        }
    }

    /** The batch is written: its memory is free, and its rows count. */
    void confirmed(Batch batch) {
        TableCopy table = batch.table();
        confirmedBytes.addAndGet(batch.length());
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
