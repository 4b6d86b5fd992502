// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.catalog.ColumnDefinition;
import dev.sluice.core.catalog.TableDefinition;
import dev.sluice.core.mysql.Quote;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The statements that read a table's rows and write them again, such that what arrives is what was stored. */
record TransferStatements(TableDefinition table) {
    /** A table whose columns are all generated still has rows: as many as a constant is read. */
    String select() {
        String columns =
                table.storedColumns().stream().map(TransferStatements::read).collect(Collectors.joining(", "));
        return "SELECT " + (columns.isEmpty() ? "1" : columns) + " FROM " + Quote.identifier(table.name());
    }

    /**
     * A FLOAT's text has six digits, which is too few to get it back; as a DOUBLE it has all that are needed. Multiplying keeps the
     * sign of zero, which adding would not. ENUM and SET travel as the numbers that they are stored as: their texts are ambiguous
     * where members look like numbers or are empty.
     */
    private static String read(ColumnDefinition column) {
        String name = Quote.identifier(column.name());
        return switch (column.dataType()) {
            case "float" -> name + " * 1E0";
            case "enum", "set" -> "CAST(" + name + " AS UNSIGNED)";
            default -> name;
        };
    }

    /** What is stored, of the bytes that arrive in an expression; the bytes themselves for most types. */
    static String stored(ColumnDefinition column, String bytes) {
        return switch (column.dataType()) {
            case "json" -> "CONVERT(" + bytes + " USING utf8mb4)";
            case "enum", "set" -> "CAST(" + bytes + " AS UNSIGNED)";
            default -> bytes;
        };
    }

    private static boolean isConverted(ColumnDefinition column) {
        return !stored(column, "").isEmpty();
    }

    /** Loads what {@link RowWriter} wrote. */
    String load() {
        List<ColumnDefinition> columns = table.storedColumns();
        String list = IntStream.range(0, columns.size())
                .mapToObj(i -> isConverted(columns.get(i))
                        ? "@v" + i
                        : Quote.identifier(columns.get(i).name()))
                .collect(Collectors.joining(", ", " (", ")"));
        String conversions = IntStream.range(0, columns.size())
                .filter(i -> isConverted(columns.get(i)))
                .mapToObj(i -> Quote.identifier(columns.get(i).name()) + " = " + stored(columns.get(i), "@v" + i))
                .collect(Collectors.joining(", "));
        return "LOAD DATA LOCAL INFILE 'sluice' INTO TABLE " + Quote.identifier(table.name())
                + " CHARACTER SET binary FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n'"
                + (columns.isEmpty() ? " (@unused)" : list)
                + (conversions.isEmpty() ? "" : " SET " + conversions);
    }

    /** The beginning of an insert, before its rows. */
    String insert() {
        return "INSERT INTO " + Quote.identifier(table.name())
                + table.storedColumns().stream()
                        .map(column -> Quote.identifier(column.name()))
                        .collect(Collectors.joining(", ", " (", ")"))
                + " VALUES ";
    }
}
