// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.plan.TableName;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.catalog.TableDefinition;
import dev.sluice.core.copy.LaterKeys.Choice;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Of all tables, what is left out until the rows are there. Immutable and thread-safe. */
final class IndexPlan {
    /** Below it an ALTER TABLE costs more than it saves. */
    private static final long LARGE = 4 << 20;

    private final Map<TableName, LaterKeys> tables;

    private IndexPlan(Map<TableName, LaterKeys> tables) {
        this.tables = Map.copyOf(tables);
    }

    static IndexPlan of(Catalog catalog, IndexTiming timing) {
        Predicate<TableDefinition> later = switch (timing) {
            case BY_SIZE -> table -> table.estimatedBytes() >= LARGE;
            case WITH_ROWS -> table -> false;
            case AFTER_ROWS -> table -> true;
        };
        Map<TableName, LaterKeys> tables = new HashMap<>();
        for (TableDefinition table : catalog.tables()) {
            tables.put(
                    table.name(),
                    LaterKeys.of(
                            table.createStatement(),
                            later.test(table) ? Choice.KEYS_AND_FOREIGN_KEYS : Choice.NOTHING));
        }
        if (tables.values().stream().anyMatch(keys -> !keys.keys().isEmpty())) {
            // A foreign key needs a key in both of its tables, and which ones these are shows only in its text.
            catalog.tables().stream()
                    .filter(table -> !later.test(table))
                    .forEach(table ->
                            tables.put(table.name(), LaterKeys.of(table.createStatement(), Choice.FOREIGN_KEYS)));
        }
        return new IndexPlan(tables);
    }

    /** What of this table comes later. */
    LaterKeys of(TableDefinition table) {
        LaterKeys keys = tables.get(table.name());
        if (keys == null) {
            throw new IllegalArgumentException("Not a table of this plan: " + table.name());
        }
        return keys;
    }
}
