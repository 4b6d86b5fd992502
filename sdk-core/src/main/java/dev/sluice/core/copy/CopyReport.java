// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.plan.TableName;
import java.time.Duration;
import java.util.List;

/**
 * What a copy came to: every row of every table confirmed. Immutable and thread-safe.
 *
 * @param tables figures a table
 * @param created what the copy made, for its undo
 * @param took from the first statement to the last
 */
public record CopyReport(List<TableFigures> tables, CreatedObjects created, Duration took) {
    /**
     * What was confirmed of a table.
     *
     * @param table the table
     * @param rows rows
     * @param bytes bytes as they were sent
     * @param took from the first read to the last confirmation
     */
    public record TableFigures(TableName table, long rows, long bytes, Duration took) {}

    public CopyReport {
        tables = List.copyOf(tables);
    }

    public long rows() {
        return tables.stream().mapToLong(TableFigures::rows).sum();
    }

    public long bytes() {
        return tables.stream().mapToLong(TableFigures::bytes).sum();
    }
}
