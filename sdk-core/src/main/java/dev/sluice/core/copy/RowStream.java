// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.mysql.RawRows;
import dev.sluice.core.mysql.RawValue;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Packs the rows of one result into batches. Wide rows come one after the other; narrow ones share a batch. One thread at a time. */
final class RowStream {
    /** Below what any server takes, in whatever form. */
    private static final long SURELY_SMALL = 16 << 10;

    private final RowUnit unit;
    private final TableCopy table;
    private final Pipeline pipeline;
    private final WideRows.Turn turn;
    private final Debt debt;
    private @Nullable Batch batch;

    RowStream(RowUnit unit, Pipeline pipeline, WideRows.Turn turn, Debt debt) {
        this.unit = unit;
        this.table = unit.table();
        this.pipeline = pipeline;
        this.turn = turn;
        this.debt = debt;
    }

    /** Waits before memory is taken for a row of this size, if it is wide: without a batch in hand, and not in its turn for a reason to pause. */
    void beforeRow(long bytes) {
        if (bytes >= MemoryLimits.WIDE_ROW) {
            handOnBatch();
            awaitMore();
            turn.await();
        }
    }

    /** Returns how many rows there were. */
    long handOn(RawRows rows) throws SQLException {
        RawValue[] row = Stream.generate(RawValue::new)
                .limit(table.statements().forms().size())
                .toArray(RawValue[]::new);
        long read = 0;
        while (takeNext(rows, row)) {
            read++;
        }
        handOnBatch();
        return read;
    }

    /** A method of its own: as the body of the loop it would be compiled anew for almost every unit, which took seconds of CPU time. */
    private boolean takeNext(RawRows rows, RawValue[] row) throws SQLException {
        if (!rows.next(row)) {
            return false;
        }
        add(row);
        turn.close();
        return true;
    }

    private void add(RawValue[] row) {
        long atMost = RowFormat.sizeAtMost(row);
        Batch begun = batch;
        if (begun != null && atMost < SURELY_SMALL && begun.takes(atMost)) {
            begun.add(row);
        } else {
            addMeasured(row);
        }
    }

    private void addMeasured(RawValue[] row) {
        long size = pipeline.format().size(table.statements(), row);
        Batch open = batch;
        if (open == null || !open.takes(size)) {
            open = begin(size);
        }
        open.add(row);
        // There is one large buffer: whoever has it does not wait for another row.
        if (size >= MemoryLimits.WIDE_ROW || pipeline.isLarge(open)) {
            handOnBatch();
            Arrays.stream(row).forEach(RawValue::clear);
        }
    }

    /** Without a batch in hand, so that waiting for memory blocks nobody who could free some. */
    private Batch begin(long rowBytes) {
        handOnBatch();
        if (!turn.isMine()) {
            awaitMore();
        }
        Batch begun = pipeline.begin(unit, rowBytes);
        batch = begun;
        return begun;
    }

    /** Waits as long as the copy pauses, and until what was handed on is paid for. */
    private void awaitMore() {
        pipeline.gate().betweenBatches();
        debt.pay(pipeline.gate());
    }

    private void handOnBatch() {
        Batch full = batch;
        if (full != null) {
            batch = null;
            debt.add(full.length());
            pipeline.handOn(full);
        }
    }
}
