// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.plan.TableName;
import java.time.Duration;
import java.util.List;

/**
 * What a copy came to: every row of every table confirmed. Immutable.
 *
 * @param tables figures a table
 * @param took from the first statement to the last
 */
public record CopyReport(List<TableFigures> tables, Duration took) {
    /** How many rows and bytes of a table were confirmed. */
    public record TableFigures(TableName table, long rows, long bytes) {}

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
