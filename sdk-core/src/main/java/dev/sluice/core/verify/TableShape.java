// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import java.util.List;
import java.util.Optional;

/**
 * What one server says of a table, as far as comparing its rows needs it. Immutable.
 *
 * @param columns all its columns, generated and invisible ones included
 * @param keys the keys whose ranges can be compared, best first
 * @param estimatedRows the server's estimate
 * @param averageRowBytes the server's estimate, 0 if it has none
 * @param engine what holds its rows
 */
record TableShape(List<Column> columns, List<TableKey> keys, long estimatedRows, long averageRowBytes, String engine) {
    TableShape {
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
    }

    /** Whether a snapshot shows its rows as they were. */
    boolean isHeldBySnapshots() {
        return engine.equalsIgnoreCase("InnoDB");
    }

    Optional<Column> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }
}
