// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.mysql.RawRows;
import dev.sluice.core.mysql.RawValue;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Packs the rows of one result into batches. One thread at a time. */
final class RowStream {
    /** Below what any server takes, in whatever form. */
    private static final long SURELY_SMALL = 16 << 10;

    private final RowUnit unit;
    private final TableCopy table;
    private final Pipeline pipeline;
    private final WideRows.Turn turn;
    private @Nullable Batch batch;

    RowStream(RowUnit unit, Pipeline pipeline, WideRows.Turn turn) {
        this.unit = unit;
        this.table = unit.table();
        this.pipeline = pipeline;
        this.turn = turn;
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
        return true;
    }

    private void add(RawValue[] row) {
        long atMost = RowFormat.sizeAtMost(row);
        Batch begun = batch;
        if (begun != null && atMost < SURELY_SMALL && begun.takes(atMost)) {
            begun.add(row);
            turn.handedOn(atMost);
        } else {
            addMeasured(row);
        }
    }

    private void addMeasured(RawValue[] row) {
        long size = pipeline.format().size(table.statements(), row);
        Batch open = batch;
        if (open == null || !open.takes(size)) {
            // Without a batch in hand, so that waiting for memory blocks nobody who could free some.
            handOnBatch();
            open = pipeline.begin(unit, size);
            batch = open;
        }
        open.add(row);
        if (size >= MemoryLimits.WIDE_ROW) {
            handOnBatch();
            Arrays.stream(row).forEach(RawValue::clear);
        }
        turn.handedOn(size);
    }

    private void handOnBatch() {
        Batch full = batch;
        if (full != null) {
            batch = null;
            pipeline.handOn(full);
        }
    }
}
