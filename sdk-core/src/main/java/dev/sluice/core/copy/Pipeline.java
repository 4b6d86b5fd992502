// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.catalog.TableDefinition;
import dev.sluice.core.mysql.Cancellation;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What readers and writers share: the units that wait to be read, batches on their way, and a bounded number of buffers for these,
 * so that a slow replica holds back the readers. Thread-safe.
 */
final class Pipeline {
    /**
     * Servers soon hang up on a writer's session that is idle ({@code MySqlSession.LONGEST_SILENCE_OF_A_WRITER}); it is opened anew when it is
     * needed, which looks whether the run is still this process's. What is left is for pauses of the JVM.
     */
    private static final Duration IDLE = Duration.ofSeconds(5);

    private final Queue<RowUnit> waiting;
    private final Crew crew;
    private final BatchQueue batches = new BatchQueue();
    private final AtomicInteger readersLeft;
    /** Batches that were handed on, until what follows from their confirmation is done as well. */
    private final AtomicInteger unconfirmed = new AtomicInteger();

    private final IndexPlan indexes;
    private final TablesToFinish toFinish;
    private final CopyFailure failure = new CopyFailure();
    private final Buffers buffers;
    private final int batchBytes;
    private final WideRows wideRows;
    private final RowFormat format;
    private final CopyListener listener;
    private final Gate gate;
    private final AtomicLong confirmedBytes = new AtomicLong();

    Pipeline(List<RowUnit> units, Crew crew, RowFormat format, IndexPlan indexes, CopyListener listener) {
        this.crew = crew;
        this.indexes = indexes;
        this.toFinish = new TablesToFinish();
        this.waiting = new ConcurrentLinkedQueue<>(units);
        this.readersLeft = new AtomicInteger(crew.readers());
        this.batchBytes = (int) Math.min(crew.batchBytes(), format.largest());
        this.buffers = new Buffers(crew.batches(crew.writers()), batchBytes, failure.cancellation());
        this.wideRows = new WideRows(failure.cancellation());
        this.format = format;
        this.listener = listener;
        this.gate = new Gate(new Seats(crew.readers(), crew.writers()), failure.cancellation(), System::nanoTime);
    }

    /**
     * How many work at the same time.
     *
     * @param readers threads that read
     * @param writers threads that write at first
     * @param batchBytes the size of a batch that is not made for one large row
     * @param mostBatches how many of them there may be
     */
    record Crew(int readers, int writers, int batchBytes, int mostBatches) {
        static Crew of(int readers, int writers, MemoryLimits limits) {
            int reading = limits.readers(readers);
            int batches = reading + 2 * writers;
            int batchBytes = limits.batchBytes(batches);
            return new Crew(reading, writers, batchBytes, Math.max(batches, limits.batches(batchBytes)));
        }

        /** One for each that works, and one waiting for each writer. */
        int batches(int writing) {
            return Math.min(mostBatches, readers + 2 * writing);
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

    /** So many write from now on. There is memory for as many as ever wrote. */
    void seats(Seats next) {
        buffers.growTo(crew.batches(next.writers()));
        gate.seats(next);
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
    Batch begin(RowUnit unit, long rowBytes) {
        TableCopy table = unit.table();
        long needed = rowBytes + format.head(table.statements()).length;
        if (needed > format.largest()) {
            throw RowTooLarge.of(table, rowBytes, format);
        }
        return new Batch(unit, format, buffers.take((int) Math.max(batchBytes, needed)));
    }

    /** Whether it was made for a row that fits into no usual one. */
    boolean isLarge(Batch batch) {
        return batch.capacity() > batchBytes;
    }

    /** Gives a batch to the writers. */
    void handOn(Batch batch) {
        unconfirmed.incrementAndGet();
        batches.add(batch);
    }

    /** The last one tells, unless it ended because of a failure. */
    void readerEnded() {
        if (readersLeft.decrementAndGet() > 0 || cancellation().isCancelled()) {
            return;
        }
        try {
            listener.allRead();
        } catch (RuntimeException | Error failed) {
            failure.report(failed);
        }
    }

    /**
     * Waits until this writer may write. Returns false if there will be nothing more.
     *
     * @param onlyForWork whether it also waits until there is something to do
     */
    boolean awaitWriting(int writer, boolean onlyForWork) {
        while (!isOver()) {
            cancellation().check();
            if (gate.mayWrite(writer) && (!onlyForWork || hasWork())) {
                return true;
            }
            gate.poll();
        }
        cancellation().check();
        return false;
    }

    /** What to write next, or null if this writer has to rest, or nothing came for long, or there will be no more. */
    @Nullable
    WriterWork nextWork(int writer) {
        long began = System.nanoTime();
        try {
            while (gate.mayWrite(writer) && System.nanoTime() - began < IDLE.toNanos()) {
                cancellation().check();
                boolean isOver = isOver();
                WriterWork work = workNow();
                if (work != null || isOver) {
                    return work;
                }
            }
            return null;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("A writing thread was interrupted", interrupted);
        }
    }

    private @Nullable WriterWork workNow() throws InterruptedException {
        // An ALTER that runs cannot pause, but none has to begin in a pause.
        TableDefinition table =
                gate.isPaused() ? null : toFinish.take(rowsCome(), gate.seats().writers());
        if (table != null) {
            return new WriterWork.Keys(table);
        }
        Batch batch = batches.take(50);
        return batch == null ? null : new WriterWork.Rows(batch);
    }

    private boolean hasWork() {
        return !batches.isEmpty()
                || (!gate.isPaused() && toFinish.has(rowsCome(), gate.seats().writers()));
    }

    private boolean rowsCome() {
        return readersLeft.get() > 0 || !batches.isEmpty();
    }

    /** In this order: readers hand on before they end, and tables wait for their keys before their last batch is forgotten. */
    private boolean isOver() {
        return readersLeft.get() == 0 && unconfirmed.get() == 0 && toFinish.isEmpty();
    }

    /** Whether some of the replica's work goes into keys. */
    boolean isBuildingKeys() {
        return toFinish.isBuilding();
    }

    /** The table has all its keys. */
    void finished(WriterWork.Keys keys) {
        toFinish.finished();
    }

    /** The batch is written: its memory is free, and its rows count. */
    void confirmed(Batch batch) {
        TableCopy table = batch.table();
        batches.written(batch);
        confirmedBytes.addAndGet(batch.length());
        buffers.giveBack(batch);
        boolean all = table.confirmed(batch.rows(), batch.length());
        listener.progress(table.name(), table.rows(), table.bytes());
        if (all) {
            isThere(table);
        }
        unconfirmed.decrementAndGet();
    }

    private void isThere(TableCopy table) {
        if (!indexes.of(table.landing()).keys().isEmpty()) {
            toFinish.add(table.landing());
        }
        listener.tableDone(table.name(), table.rows(), table.bytes());
    }

    /** All rows of the unit are read, and proven to be the snapshot's. */
    void read(RowUnit unit, long rows) {
        TableCopy table = unit.table();
        if (table.unitRead(rows)) {
            isThere(table);
        }
    }
}
