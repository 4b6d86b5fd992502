// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.catalog;

import dev.sluice.api.plan.TableName;
import java.util.List;

/**
 * A base table. Immutable.
 *
 * @param name database and name
 * @param engine its storage engine
 * @param createStatement as {@code SHOW CREATE TABLE} has it
 * @param columns all columns in order, invisible ones included
 * @param primaryKey the primary key's columns in order, empty without one
 * @param estimatedRows from the server's statistics
 * @param estimatedBytes from the server's statistics, without indexes
 */
public record TableDefinition(
        TableName name,
        String engine,
        String createStatement,
        List<ColumnDefinition> columns,
        List<String> primaryKey,
        long estimatedRows,
        long estimatedBytes) {
    public TableDefinition {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
    }

    /** The columns whose values are copied. */
    public List<ColumnDefinition> storedColumns() {
        return columns.stream().filter(column -> !column.isGenerated()).toList();
    }
}
