// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.verify;

import dev.sluice.api.plan.TableName;
import java.util.List;

/**
 * How one table compares. Immutable and thread-safe.
 *
 * @param table the table
 * @param result the outcome
 * @param sourceRows rows seen on the source
 * @param replicaRows rows seen on the replica
 * @param chunks how many parts were compared
 * @param looks how many parts had to be looked at again
 * @param differences the first 10 differences as sentences, or why it could not be decided; values shortened to 64 characters
 * @param rows the first 100 rows that are proven to differ, with the statements that would repair them
 */
public record TableComparison(
        TableName table,
        Result result,
        long sourceRows,
        long replicaRows,
        int chunks,
        int looks,
        List<String> differences,
        List<RowDifference> rows) {
    /** The outcome of a table's comparison. */
    public enum Result {
        /** Every row is the same. */
        EQUAL,
        /** At least one row is proven to differ, be missing or be extra. */
        DIFFERENT,
        /** Rows changed too fast, or the deadline came, before it could be told. Never to be taken for equal. */
        UNDECIDED
    }

    public TableComparison {
        differences = List.copyOf(differences);
        rows = List.copyOf(rows);
    }
}
