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
    String select() {
        return "SELECT "
                + table.storedColumns().stream().map(TransferStatements::read).collect(Collectors.joining(", "))
                + " FROM " + Quote.identifier(table.name());
    }

    /**
     * A FLOAT's text has six digits, which is too few to get it back; as a DOUBLE it has all that are needed. Multiplying keeps the
     * sign of zero, which adding would not.
     */
    private static String read(ColumnDefinition column) {
        String name = Quote.identifier(column.name());
        return column.dataType().equals("float") ? name + " * 1E0" : name;
    }

    /** Loads what {@link RowWriter} wrote. */
    String load() {
        List<ColumnDefinition> columns = table.storedColumns();
        String list = IntStream.range(0, columns.size())
                .mapToObj(i -> isJson(columns.get(i))
                        ? "@j" + i
                        : Quote.identifier(columns.get(i).name()))
                .collect(Collectors.joining(", ", " (", ")"));
        String conversions = IntStream.range(0, columns.size())
                .filter(i -> isJson(columns.get(i)))
                .mapToObj(i -> Quote.identifier(columns.get(i).name()) + " = CONVERT(@j" + i + " USING utf8mb4)")
                .collect(Collectors.joining(", "));
        return "LOAD DATA LOCAL INFILE 'sluice' INTO TABLE " + Quote.identifier(table.name())
                + " CHARACTER SET binary FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n'"
                + list
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

    /** A JSON column takes no bytes without a character set. */
    static boolean isJson(ColumnDefinition column) {
        return column.dataType().equals("json");
    }
}
