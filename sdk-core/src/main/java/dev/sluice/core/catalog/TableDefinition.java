// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.catalog;

import dev.sluice.api.plan.TableName;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A base table. Immutable and thread-safe.
 *
 * @param name database and name
 * @param createStatement as {@code SHOW CREATE TABLE} has it, without the database
 * @param exactDefaults defaults that the statement may not have as they are
 * @param columns all columns in order, invisible ones included
 * @param primaryKey the primary key's columns in order, empty without one
 * @param partitions names of its partitions and subpartitions in order, empty if it is not partitioned
 * @param size what the server's statistics say
 */
public record TableDefinition(
        TableName name,
        String createStatement,
        List<ExactDefault> exactDefaults,
        List<ColumnDefinition> columns,
        List<String> primaryKey,
        List<String> partitions,
        Size size) {
    /** The first of the table's options; a tablespace alone stands before them. */
    private static final Pattern COUNTER =
            Pattern.compile("(\\n\\)(?: /\\*!50100 TABLESPACE `(?:[^`]|``)+` \\*/)? ENGINE=\\w+) AUTO_INCREMENT=\\d+");

    public TableDefinition {
        exactDefaults = List.copyOf(exactDefaults);
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        partitions = List.copyOf(partitions);
    }

    /**
     * What the server's statistics say of a table. Estimates, which may be far off.
     *
     * @param engine its storage engine
     * @param rows rows
     * @param bytes bytes without secondary indexes, at least those that so many rows take
     */
    public record Size(String engine, long rows, long bytes) {
        /** InnoDB's own part of a row, its header, transaction and undo pointer (5, 6 and 7 bytes), and two of its key. */
        private static final long LEAST_ROW = 20;

        /** A guess, where the server knows of no rows. */
        private static final long TYPICAL_ROW = 200;

        /** InnoDB counts rows as they come, but pages only now and then: a table that was just filled would be taken for an empty one. */
        public Size {
            bytes = Math.max(bytes, rows * LEAST_ROW);
        }

        /** By the table's file where the statistics are behind it. */
        static Size of(String engine, long rows, TableSpace space) {
            long bytes = space.storedNow();
            return new Size(engine, space.isStale() ? Math.max(rows, bytes / TYPICAL_ROW) : rows, bytes);
        }
    }

    /** From the server's statistics. */
    public long estimatedRows() {
        return size.rows();
    }

    /** From the server's statistics, without secondary indexes. */
    public long estimatedBytes() {
        return size.bytes();
    }

    /** The columns whose values are copied. */
    public List<ColumnDefinition> storedColumns() {
        return columns.stream().filter(column -> !column.isGenerated()).toList();
    }

    /** The same table in another database. */
    TableDefinition in(String database) {
        return new TableDefinition(
                TableName.of(database, name.table()),
                createStatement,
                exactDefaults,
                columns,
                primaryKey,
                partitions,
                size);
    }

    /** The definition without what changes as rows do. */
    String definition() {
        return name + "\n" + COUNTER.matcher(createStatement).replaceAll("$1") + "\n" + exactDefaults + columns;
    }
}
