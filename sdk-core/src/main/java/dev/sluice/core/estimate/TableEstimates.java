// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.estimate;

import dev.sluice.api.estimate.TableEstimate;
import dev.sluice.api.estimate.TableEstimate.Basis;
import dev.sluice.core.estimate.Sample.OfTable;
import java.util.List;

/** Brings statistics and read rows together. */
final class TableEstimates {
    /** Of a table of which no row was read: a page of InnoDB is seldom full, and text is wider than what it stands for. */
    private static final double SENT_PER_STORED = 0.8;

    private final Sample sample;

    TableEstimates(Sample sample) {
        this.sample = sample;
    }

    List<TableEstimate> of(List<Statistics.Table> tables) {
        double sentPerStored = sentPerStored(tables);
        return tables.stream().map(table -> estimate(table, sentPerStored)).toList();
    }

    private TableEstimate estimate(Statistics.Table table, double sentPerStored) {
        OfTable read = sample.tables().get(table.name());
        if (read != null && read.isWhole()) {
            return new TableEstimate(
                    table.name(), read.rows(), read.bytes(), table.stored(), table.indexes(), Basis.READ);
        }
        double growth = table.growth();
        long stored = (long) (table.stored() * growth);
        long rows = (long) (table.rows() * growth);
        long bytes = (long) (stored * sentPerStored);
        if (read != null && read.rows() > 0) {
            long width = Math.max(1, read.bytes() / read.rows());
            // Statistics of before a load know of no rows from which any could be reckoned.
            rows = Math.max(read.rows(), table.rows() == 0 ? (long) (stored * SENT_PER_STORED / width) : rows);
            bytes = rows * width;
        }
        return new TableEstimate(
                table.name(),
                rows,
                bytes,
                stored,
                (long) (table.indexes() * growth),
                table.isStale() ? Basis.FILE_SIZE : Basis.STATISTICS);
    }

    /** By the tables of which enough was read. */
    private double sentPerStored(List<Statistics.Table> tables) {
        double sent = 0;
        double stored = 0;
        for (Statistics.Table table : tables) {
            OfTable read = sample.tables().get(table.name());
            if (read != null && read.rows() > 0 && table.rows() > 0 && !table.isStale()) {
                sent += (double) read.bytes() / read.rows() * table.rows();
                stored += table.stored();
            }
        }
        return stored == 0 ? SENT_PER_STORED : Math.max(0.1, Math.min(10, sent / stored));
    }
}
