// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.api.plan.TableName;
import dev.sluice.core.mysql.Quote;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table that both servers have, and how to read it on either. Immutable.
 *
 * @param name the table
 * @param source how the source writes it
 * @param replica how the replica writes it
 * @param estimatedRows the source's estimate
 * @param chunkRows how many rows are compared at once
 * @param isAlike whether both servers have the same columns of the same types and character sets, so that a row of the one fits the other
 * @param isRelative whether a change on its way to the replica may depend on what the replica holds, as one more of several equal rows does
 * @param isHeldBySnapshots whether snapshots show its rows as they were, on both servers
 * @param sum how the checksums of its rows become one
 */
record ComparedTable(
        TableName name,
        Side source,
        Side replica,
        long estimatedRows,
        int chunkRows,
        boolean isAlike,
        boolean isRelative,
        boolean isHeldBySnapshots,
        RowSum sum) {
    private static final int FEWEST_ROWS = 8;
    private static final long CHUNK_BYTES = 16L << 20;

    /**
     * What both servers make of tables.
     *
     * @param rowsAtOnce how many rows are compared at once, fewer where they are long
     * @param logsRows whether the source logs changed rows and not statements
     * @param spellsJsonAlike whether both servers write the numbers in JSON alike
     * @param sumOfKeyed how the checksums of rows become one where no two rows are equal
     */
    record Circumstances(int rowsAtOnce, boolean logsRows, boolean spellsJsonAlike, RowSum sumOfKeyed) {}

    /**
     * One server's spelling.
     *
     * @param table the quoted name
     * @param columns the columns that both servers have
     * @param rowText the row as an expression
     * @param keyOrNull the key by whose ranges the table is compared, or null
     */
    record Side(
            String table,
            List<Column> columns,
            String rowText,
            @Nullable TableKey keyOrNull) {
        static Side of(String table, List<Column> columns, @Nullable TableKey key, boolean spellsJsonAlike) {
            List<Column> written = key != null
                    ? columns
                    : columns.stream()
                            .map(column -> column.withoutKey(spellsJsonAlike))
                            .toList();
            return new Side(table, written, RowText.of(written), key);
        }

        /** The JSON columns, if what they mean can be compared row by row. */
        List<Column> json() {
            return columns.stream().filter(Column::isJson).toList();
        }

        TableKey key() {
            if (keyOrNull == null) {
                throw new IllegalStateException("The table " + table + " has no key");
            }
            return keyOrNull;
        }
    }

    /** A table is compared by the columns that both servers have; that one lacks some is told by the comparison of definitions. */
    static ComparedTable of(TableName name, TableShape source, TableShape replica, Circumstances both) {
        List<Column> sourceColumns = new ArrayList<>();
        List<Column> replicaColumns = new ArrayList<>();
        for (Column column : source.columns()) {
            replica.column(column.name()).ifPresent(other -> {
                sourceColumns.add(column.alike(other));
                replicaColumns.add(other.alike(column));
            });
        }
        Optional<TableKey[]> keys = commonKey(source, replica);
        String table = Quote.identifier(name);
        return new ComparedTable(
                name,
                Side.of(table, sourceColumns, keys.map(pair -> pair[0]).orElse(null), both.spellsJsonAlike()),
                Side.of(table, replicaColumns, keys.map(pair -> pair[1]).orElse(null), both.spellsJsonAlike()),
                source.estimatedRows(),
                chunkRows(source.averageRowBytes(), both.rowsAtOnce()),
                areAlike(source, replica),
                keys.isEmpty() || !both.logsRows(),
                source.isHeldBySnapshots() && replica.isHeldBySnapshots(),
                keys.isEmpty() ? RowSum.ADDED : both.sumOfKeyed());
    }

    private static boolean areAlike(TableShape source, TableShape replica) {
        return source.columns().size() == replica.columns().size()
                && source.columns().stream()
                        .allMatch(column -> replica.column(column.name())
                                .filter(other -> areAlike(column, other))
                                .isPresent());
    }

    private static boolean areAlike(Column one, Column other) {
        return one.dataType().equals(other.dataType())
                && one.isGenerated() == other.isGenerated()
                && current(one.charset()).equals(current(other.charset()));
    }

    private static int chunkRows(long averageRowBytes, int rowsAtOnce) {
        return (int) Math.max(FEWEST_ROWS, Math.min(rowsAtOnce, CHUNK_BYTES / Math.max(1, averageRowBytes)));
    }

    private static Optional<TableKey[]> commonKey(TableShape source, TableShape replica) {
        return source.keys().stream()
                .flatMap(own -> replica.keys().stream()
                        .filter(other -> areAlike(own, other))
                        .map(other -> new TableKey[] {own, other}))
                .findFirst();
    }

    private static boolean areAlike(TableKey one, TableKey other) {
        return one.columns().size() == other.columns().size()
                && IntStream.range(0, one.columns().size())
                        .allMatch(i ->
                                areAlike(one.columns().get(i), other.columns().get(i)));
    }

    private static boolean areAlike(KeyColumn one, KeyColumn other) {
        return one.column().name().equals(other.column().name())
                && one.form() == other.form()
                && current(one.column().charset()).equals(current(other.column().charset()))
                && current(one.column().collation())
                        .equals(current(other.column().collation()));
    }

    /** The character set utf8 is called utf8mb3 by newer servers. */
    private static String current(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals("utf8") || lower.startsWith("utf8_") ? "utf8mb3" + lower.substring(4) : lower;
    }

    boolean hasKey() {
        return source.keyOrNull() != null;
    }

    boolean hasColumns() {
        return !source.columns().isEmpty();
    }
}
