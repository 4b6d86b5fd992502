// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.estimate;

import dev.sluice.api.plan.TableName;
import java.util.List;
import java.util.Map;

/**
 * Rows that the probe has read.
 *
 * @param tables what came of each table
 * @param bytesPerSecond how fast they came, 0 if there were none
 * @param text some of them, as LOAD DATA takes them: one column, a line a row
 * @param notes what could not be read, and why
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Sample(Map<TableName, OfTable> tables, long bytesPerSecond, byte[] text, List<String> notes) {
    static final Sample NONE = new Sample(Map.of(), 0, new byte[0], List.of());

    /**
     * Rows of one table.
     *
     * @param isWhole whether these are all that it has
     */
    record OfTable(long rows, long bytes, boolean isWhole) {}

    long rows() {
        return tables.values().stream().mapToLong(OfTable::rows).sum();
    }

    long bytes() {
        return tables.values().stream().mapToLong(OfTable::bytes).sum();
    }
}
