// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.verify;

import java.time.Duration;
import java.util.List;

/**
 * The outcome of comparing a replica with its source. Values in it are shortened; it holds no secret. Immutable and thread-safe.
 *
 * @param tables a comparison a table
 * @param structure what differs in definitions, a line each; empty if nothing does
 * @param took from start to end
 */
public record VerificationReport(List<TableComparison> tables, List<String> structure, Duration took) {
    public VerificationReport {
        tables = List.copyOf(tables);
        structure = List.copyOf(structure);
    }

    /** Tables that are not equal or could not be decided, and definitions that differ. */
    public long mismatches() {
        return structure.size()
                + tables.stream()
                        .filter(t -> t.result() != TableComparison.Result.EQUAL)
                        .count();
    }

    /** Whether everything that was compared is equal. */
    public boolean isClean() {
        return mismatches() == 0;
    }

    /** Rows compared, counted on the source. */
    public long rows() {
        return tables.stream().mapToLong(TableComparison::sourceRows).sum();
    }
}
