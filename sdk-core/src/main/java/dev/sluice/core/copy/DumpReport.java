// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.plan.TableName;
import java.time.Duration;
import java.util.List;

/**
 * What a dump came to: both programs ended well. Rows are what the replica holds then; whether they are the right ones is for the
 * comparison. Immutable and thread-safe.
 *
 * @param tables how many rows each table of the scope has on the replica
 * @param bytes the size of the dump
 * @param took from the start of the load to the last event created
 */
public record DumpReport(List<TableRows> tables, long bytes, Duration took) {
    /** How many rows the replica holds in a table. */
    public record TableRows(TableName table, long rows) {}

    public DumpReport {
        tables = List.copyOf(tables);
    }

    /** The rows of all tables. */
    public long rows() {
        return tables.stream().mapToLong(TableRows::rows).sum();
    }
}
