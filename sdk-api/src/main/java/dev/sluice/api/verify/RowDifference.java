// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.verify;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row that is proven not to be the same on both servers. It shows the row's key, shortened, and no other value. Immutable and thread-safe.
 *
 * @param row which one: the columns of its key with their values, each shortened to 64 characters, or its checksum where the table has no
 *     key
 * @param kind what is wrong with it
 * @param what the same as a sentence for people
 * @param columns those that differ, in the table's order; empty unless the kind is {@link Kind#CHANGED} in a table that has a key
 * @param repairOrNull see {@link #repair()}
 * @param whyNoRepair why there is no statement, {@code ""} where there is one
 */
public record RowDifference(
        String row,
        Kind kind,
        String what,
        List<String> columns,
        @Nullable RepairStatement repairOrNull,
        String whyNoRepair) {
    /** What is wrong with a row. */
    public enum Kind {
        /** The replica lacks it. */
        MISSING,
        /** Only the replica has it. */
        EXTRA,
        /** Both have it, with other values, or another number of times where the table has no key. */
        CHANGED
    }

    public RowDifference {
        requireNonNull(row, "row");
        requireNonNull(kind, "kind");
        requireNonNull(what, "what");
        requireNonNull(whyNoRepair, "whyNoRepair");
        columns = List.copyOf(columns);
    }

    /**
     * The statement for the replica that makes the row as it is on the source. Empty where none is safe: the definitions differ, a trigger of
     * the replica would fire, or what differs has more than 64 KiB; then {@link #whyNoRepair()} says so.
     */
    public Optional<RepairStatement> repair() {
        return Optional.ofNullable(repairOrNull);
    }
}
