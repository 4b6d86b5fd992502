// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.plan.TableName;
import dev.sluice.core.catalog.TableDefinition;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** How far one table is. Thread-safe. */
final class TableCopy {
    private final TableDefinition definition;
    private final TransferStatements statements;
    private final AtomicLong confirmedRows = new AtomicLong();
    private final AtomicLong confirmedBytes = new AtomicLong();
    private final AtomicReference<@Nullable Long> rowsRead = new AtomicReference<>();

    TableCopy(TableDefinition definition) {
        this.definition = definition;
        this.statements = new TransferStatements(definition);
    }

    TableDefinition definition() {
        return definition;
    }

    TableName name() {
        return definition.name();
    }

    TransferStatements statements() {
        return statements;
    }

    /** The reader has seen the last row. Returns whether all rows are confirmed with this. */
    boolean readToEnd(long rows) {
        rowsRead.set(rows);
        return confirmedRows.get() == rows;
    }

    /** The replica confirmed some rows. Returns whether all rows are confirmed with these. */
    boolean confirmed(long rows, long bytes) {
        confirmedBytes.addAndGet(bytes);
        long all = confirmedRows.addAndGet(rows);
        Long read = rowsRead.get();
        return read != null && all == read;
    }

    boolean isComplete() {
        Long read = rowsRead.get();
        return read != null && confirmedRows.get() == read;
    }

    long rows() {
        return confirmedRows.get();
    }

    long bytes() {
        return confirmedBytes.get();
    }
}
