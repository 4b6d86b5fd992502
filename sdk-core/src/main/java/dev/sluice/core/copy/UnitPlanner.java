// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.snapshot.ReadUnit;
import dev.sluice.core.snapshot.Snapshot;
import dev.sluice.core.split.KeySplitter;
import dev.sluice.core.split.PartitionSizes;
import dev.sluice.core.split.TablePart;
import java.util.ArrayList;
import java.util.List;

/**
 * Divides large tables into units that can be read at the same time: partitions, small ones together, and ranges of the primary key of whatever is
 * large in itself. Others are read as a whole. Thread-safe: no state.
 */
record UnitPlanner(Snapshot snapshot, MySqlSession session, long unitBytes) {
    private static final int MOST_UNITS = 1000;

    List<RowUnit> units(TableCopy table) {
        TablePart whole = TablePart.whole(table.definition());
        if (!isLarge(whole)) {
            return List.of(RowUnit.whole(table));
        }
        // What is asked here must not hold up DDL until the end of the copy.
        try (ReadUnit unit = snapshot.unit(session)) {
            ServerSession asked = unit.session();
            return parts(asked, whole).stream()
                    .flatMap(part -> units(asked, table, part).stream())
                    .toList();
        }
    }

    private boolean isLarge(TablePart part) {
        return part.bytes() >= 2 * unitBytes;
    }

    private List<TablePart> parts(ServerSession asked, TablePart whole) {
        return whole.table().partitions().isEmpty() ? List.of(whole) : joined(PartitionSizes.of(asked, whole.table()));
    }

    /** Neighbours, as long as they are one unit together. */
    private List<TablePart> joined(List<TablePart> partitions) {
        List<TablePart> joined = new ArrayList<>();
        for (TablePart next : partitions) {
            TablePart last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && last.bytes() + next.bytes() <= unitBytes) {
                joined.set(joined.size() - 1, last.and(next));
            } else {
                joined.add(next);
            }
        }
        return joined;
    }

    private List<RowUnit> units(ServerSession asked, TableCopy table, TablePart part) {
        List<String> conditions = isLarge(part)
                ? new KeySplitter(asked, part).conditions((int) Math.min(MOST_UNITS, part.bytes() / unitBytes))
                : List.of();
        return conditions.isEmpty()
                ? List.of(new RowUnit(table, part.clause(), part.bytes()))
                : conditions.stream()
                        .map(condition -> new RowUnit(
                                table,
                                part.clause() + " FORCE INDEX (PRIMARY) WHERE " + condition,
                                part.bytes() / conditions.size()))
                        .toList();
    }
}
