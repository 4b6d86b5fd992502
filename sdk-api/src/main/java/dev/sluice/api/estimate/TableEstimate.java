// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.estimate;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.plan.TableName;

/**
 * What is expected of one table. Immutable and thread-safe.
 *
 * @param table its name
 * @param rows how many rows, roughly unless they were all read
 * @param bytes of row data that the copy will send
 * @param storedBytes of its rows on the source's disk, with what InnoDB leaves free in its pages
 * @param indexBytes the same of its secondary indexes, which are built anew and not sent
 * @param basis where the numbers are from
 */
public record TableEstimate(TableName table, long rows, long bytes, long storedBytes, long indexBytes, Basis basis) {
    /** Where an estimate is from, from the weakest on. */
    public enum Basis {
        /** The server's own statistics, which come from a few pages of the table: rows can be wrong by half of them, or more. */
        STATISTICS,
        /** Statistics that do not fit the size of the table's file, as after a large load, brought into proportion with it. */
        FILE_SIZE,
        /** The probe has read the whole table. */
        READ
    }

    public TableEstimate {
        requireNonNull(table, "table");
        requireNonNull(basis, "basis");
    }
}
