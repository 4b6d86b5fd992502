// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.catalog.TableDefinition;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.Quote;
import dev.sluice.core.snapshot.ReadUnit;
import dev.sluice.core.snapshot.Snapshot;
import dev.sluice.core.split.KeySplitter;
import java.util.List;

/**
 * Divides large tables into units that can be read at the same time: partitions, or ranges of a primary key. Others are read as a whole. Thread-safe: no state.
 */
record UnitPlanner(Snapshot snapshot, MySqlSession session, long unitBytes) {
    private static final int MOST_UNITS = 1000;

    List<RowUnit> units(TableCopy table) {
        TableDefinition definition = table.definition();
        if (definition.estimatedBytes() < 2 * unitBytes) {
            return List.of(RowUnit.whole(table));
        }
        if (!definition.partitions().isEmpty()) {
            return partitions(table);
        }
        return ranges(table);
    }

    private static List<RowUnit> partitions(TableCopy table) {
        List<String> names = table.definition().partitions();
        return names.stream()
                .map(name -> new RowUnit(
                        table,
                        " PARTITION (" + Quote.identifier(name) + ")",
                        table.definition().estimatedBytes() / names.size()))
                .toList();
    }

    private List<RowUnit> ranges(TableCopy table) {
        TableDefinition definition = table.definition();
        long bytes = definition.estimatedBytes();
        List<String> conditions;
        // What is asked here must not hold up DDL until the end of the copy.
        try (ReadUnit unit = snapshot.unit(session)) {
            conditions = new KeySplitter(unit.session(), definition)
                    .conditions((int) Math.min(MOST_UNITS, bytes / unitBytes), definition.estimatedRows());
        }
        return conditions.isEmpty()
                ? List.of(RowUnit.whole(table))
                : conditions.stream()
                        .map(condition -> new RowUnit(
                                table, " FORCE INDEX (PRIMARY) WHERE " + condition, bytes / conditions.size()))
                        .toList();
    }
}
