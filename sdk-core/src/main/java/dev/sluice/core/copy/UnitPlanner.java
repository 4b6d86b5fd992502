// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.catalog.ColumnDefinition;
import dev.sluice.core.catalog.TableDefinition;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.Quote;
import dev.sluice.core.snapshot.ReadUnit;
import dev.sluice.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Divides large tables into units that can be read at the same time: partitions, or ranges of a primary key that begins with an
 * integer. Others are read as a whole. Thread-safe: no state.
 */
record UnitPlanner(Snapshot snapshot, MySqlSession session, long unitBytes) {
    private static final int MOST_UNITS = 1000;

    private static final Set<String> INTEGERS = Set.of("tinyint", "smallint", "mediumint", "int", "bigint");

    /** The units of all tables in the order in which they are best read: large tables side by side, small ones last. */
    List<RowUnit> units(List<TableCopy> tables) {
        Map<RowUnit, Double> order = new LinkedHashMap<>();
        for (TableCopy table : tables) {
            List<RowUnit> units = units(table);
            table.dividedInto(units.size());
            for (int i = 0; i < units.size(); i++) {
                order.put(units.get(i), (i + 1.0) / units.size());
            }
        }
        return order.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparing(RowUnit::isSmall))
                .toList();
    }

    private List<RowUnit> units(TableCopy table) {
        TableDefinition definition = table.definition();
        if (definition.estimatedBytes() < 2 * unitBytes) {
            return List.of(RowUnit.whole(table));
        }
        if (!definition.partitions().isEmpty()) {
            return partitions(table);
        }
        return integerKey(definition).map(key -> ranges(table, key)).orElseGet(() -> List.of(RowUnit.whole(table)));
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

    private static Optional<ColumnDefinition> integerKey(TableDefinition table) {
        return table.primaryKey().stream()
                .limit(1)
                .flatMap(name -> table.columns().stream()
                        .filter(column -> column.name().equals(name))
                        .filter(column -> INTEGERS.contains(column.dataType())))
                .findFirst();
    }

    /** The first and the last range are open to one side, so that together they hold whatever there is. */
    private List<RowUnit> ranges(TableCopy table, ColumnDefinition key) {
        long bytes = table.definition().estimatedBytes();
        List<String> bounds;
        // What is asked here must not hold up DDL until the end of the copy.
        try (ReadUnit unit = snapshot.unit(session)) {
            bounds = new KeyBounds(unit.session(), table.name(), key.name())
                    .into(
                            (int) Math.min(MOST_UNITS, bytes / unitBytes),
                            table.definition().estimatedRows());
        }
        String name = Quote.identifier(key.name());
        List<RowUnit> units = new ArrayList<>();
        for (int i = 0; i <= bounds.size(); i++) {
            String from = i == 0 ? "" : name + " >= " + bounds.get(i - 1);
            String to = i == bounds.size() ? "" : name + " < " + bounds.get(i);
            String both = from + (from.isEmpty() || to.isEmpty() ? "" : " AND ") + to;
            units.add(new RowUnit(
                    table, both.isEmpty() ? "" : " FORCE INDEX (PRIMARY) WHERE " + both, bytes / (bounds.size() + 1)));
        }
        return units;
    }
}
