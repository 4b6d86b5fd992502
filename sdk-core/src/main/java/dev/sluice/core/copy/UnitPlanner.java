// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import java.util.List;

/** Divides tables into units that can be read at the same time. Thread-safe. */
@FunctionalInterface
interface UnitPlanner {
    /** Every table as a whole. */
    UnitPlanner WHOLE_TABLES = table -> List.of(RowUnit.whole(table));

    /** Units that hold each row of the table exactly once; at least one. */
    List<RowUnit> units(TableCopy table);
}
