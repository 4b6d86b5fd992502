// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.verify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of comparing a replica with its source. Values in it are shortened; it holds no secret. Immutable and thread-safe.
 *
 * @param tables a comparison a table
 * @param structure what differs in definitions, a line each; empty if nothing does
 * @param took from start to end
 * @param atOrNull see {@link #at()}
 */
public record VerificationReport(
        List<TableComparison> tables,
        List<String> structure,
        Duration took,
        @Nullable ComparedAt atOrNull) {
    /** No cascade of a foreign key may change rows that nobody has compared, and what does not fit must fail. */
    private static final String SESSION =
            "SET NAMES utf8mb4, SESSION time_zone = '+00:00', SESSION foreign_key_checks = 0,"
                    + " SESSION sql_mode = 'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES'";

    public VerificationReport {
        tables = List.copyOf(tables);
        structure = List.copyOf(structure);
    }

    /** Of a comparison at no single position. */
    public VerificationReport(List<TableComparison> tables, List<String> structure, Duration took) {
        this(tables, structure, took, null);
    }

    /** The one position at which both servers were compared; empty if they were compared while replication went on, or stood still. */
    public Optional<ComparedAt> at() {
        return Optional.ofNullable(atOrNull);
    }

    /** Tables that are not equal or could not be decided, and definitions that differ. */
    public long mismatches() {
        return structure.size()
                + tables.stream()
                        .filter(t -> t.result() != TableComparison.Result.EQUAL)
                        .count();
    }

    /**
     * Whether everything that was compared is equal. That is all that the scope holds: where a user may not see all of it, or neither server shows
     * a database that it names, there is no report but an error; a table that it names and neither server has is undecided.
     */
    public boolean isClean() {
        return mismatches() == 0;
    }

    /** Rows compared, counted on the source. */
    public long rows() {
        return tables.stream().mapToLong(TableComparison::sourceRows).sum();
    }

    /**
     * The statements that would make the rows which differ, as far as the report has them, on the replica as they are on the source; the first
     * one sets the session in which the others have to run. Empty if nothing is to be repaired. Nobody runs them: that is for a person who
     * knows why the rows differ. What they write on the replica are transactions of its own, which a replica that is to take over from its source
     * should not have; {@code SET SESSION sql_log_bin = 0} before them keeps them out of its log, where the server allows that.
     */
    public List<RepairStatement> repairs() {
        List<RepairStatement> repairs = new ArrayList<>();
        for (TableComparison table : tables) {
            // Two rows may have keys that the replica takes for equal: the one has to go before the other can come.
            table.rows().stream()
                    .sorted(Comparator.comparing((RowDifference row) -> row.kind() != RowDifference.Kind.EXTRA))
                    .map(RowDifference::repair)
                    .flatMap(Optional::stream)
                    .forEach(repairs::add);
        }
        if (!repairs.isEmpty()) {
            repairs.add(0, new RepairStatement(SESSION, SESSION));
        }
        return List.copyOf(repairs);
    }
}
