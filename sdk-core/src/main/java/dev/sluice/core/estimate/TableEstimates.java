// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.estimate;

import dev.sluice.api.estimate.TableEstimate;
import dev.sluice.api.estimate.TableEstimate.Basis;
import dev.sluice.core.estimate.Sample.OfTable;
import java.util.List;

/** Brings statistics and read rows together. */
final class TableEstimates {
    /** Of a table of which no row was read: a page of InnoDB is seldom full, and text is wider than what it stands for. */
    static final double SENT_PER_STORED = 0.8;

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
        long bytes = (long) (table.storedNow() * sentPerStored);
        long rows = table.rows();
        if (read != null && read.rows() > 0) {
            long width = Math.max(1, read.bytes() / read.rows());
            rows = Math.max(read.rows(), rows(table, width));
            bytes = rows * width;
        }
        return new TableEstimate(
                table.name(),
                rows,
                bytes,
                table.storedNow(),
                table.indexesNow(),
                table.isStale() ? Basis.FILE_SIZE : Basis.STATISTICS);
    }

    /** InnoDB counts rows on while its sizes are still those of before a load; or it has counted none of it. */
    private static long rows(Statistics.Table table, long width) {
        return table.isStale() ? Math.max(table.rows(), (long) (table.file() * SENT_PER_STORED / width)) : table.rows();
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
