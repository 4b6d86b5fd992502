// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.split;

import dev.sluice.core.catalog.TableDefinition;
import dev.sluice.core.mysql.Quote;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table, or some of its partitions. Immutable and thread-safe.
 *
 * @param table the table
 * @param partitions names of partitions and subpartitions, empty for all rows of the table
 * @param rows the server's estimate
 * @param bytes the server's estimate
 */
public record TablePart(TableDefinition table, List<String> partitions, long rows, long bytes) {
    public TablePart {
        partitions = List.copyOf(partitions);
    }

    /** All of it. */
    public static TablePart whole(TableDefinition table) {
        return new TablePart(table, List.of(), table.estimatedRows(), table.estimatedBytes());
    }

    /** These partitions and the other's. */
    public TablePart and(TablePart other) {
        List<String> both =
                Stream.concat(partitions.stream(), other.partitions.stream()).toList();
        return new TablePart(table, both, rows + other.rows, bytes + other.bytes);
    }

    /** What stands behind the table's name: {@code ""}, or the partitions with a space before them. */
    public String clause() {
        return partitions.isEmpty()
                ? ""
                : partitions.stream().map(Quote::identifier).collect(Collectors.joining(", ", " PARTITION (", ")"));
    }

    /** As it stands behind {@code FROM}. */
    String from() {
        return Quote.identifier(table.name()) + clause();
    }
}
