// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.plan.TableName;
import dev.sluice.core.catalog.ColumnDefinition;
import dev.sluice.core.catalog.TableDefinition;
import dev.sluice.core.mysql.Quote;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The statements that read a table's rows and write them again. A table may have nothing but generated columns; of its rows only
 * their number travels. Immutable and thread-safe.
 */
final class TransferStatements {
    private final TableDefinition table;
    private final TableName landing;
    private final List<ColumnDefinition> columns;
    private final List<ColumnForm> forms;
    private final boolean mayHoldErrorValues;

    TransferStatements(TableDefinition table) {
        this(table, table.name());
    }

    /** @param landing what the table is called on the replica */
    TransferStatements(TableDefinition table, TableName landing) {
        this.table = table;
        this.landing = landing;
        this.columns = table.storedColumns();
        this.forms = columns.stream().map(ColumnForm::of).toList();
        this.mayHoldErrorValues = forms.contains(ColumnForm.ENUM);
    }

    /** Whether values can be errors, as those of an ENUM can. */
    boolean mayHoldErrorValues() {
        return mayHoldErrorValues;
    }

    /** How each value of a row travels. */
    List<ColumnForm> forms() {
        return forms;
    }

    String select() {
        String values = IntStream.range(0, columns.size())
                .mapToObj(i -> forms.get(i).read(name(i), columns.get(i).columnType()))
                .collect(Collectors.joining(", "));
        return "SELECT " + (values.isEmpty() ? "NULL" : values) + " FROM " + Quote.identifier(table.name());
    }

    private String name(int column) {
        return Quote.identifier(columns.get(column).name());
    }

    /** Loads what {@link LoadFormat} wrote. */
    String load() {
        String values = IntStream.range(0, columns.size())
                .mapToObj(i -> isAssigned(i) ? "@v" + i : name(i))
                .collect(Collectors.joining(", "));
        String conversions = IntStream.range(0, columns.size())
                .filter(this::isAssigned)
                .mapToObj(i -> name(i) + " = " + forms.get(i).written("@v" + i))
                .collect(Collectors.joining(", "));
        return "LOAD DATA LOCAL INFILE 'sluice' INTO TABLE " + Quote.identifier(landing)
                + " CHARACTER SET binary FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n' ("
                + (values.isEmpty() ? "@v" : values) + ")"
                + (conversions.isEmpty() ? "" : " SET " + conversions);
    }

    /**
     * Whether a column gets its value by an assignment. Where there is any, the server forgets that it has read a number for the
     * AUTO_INCREMENT column, and makes a new one where that was 0, unless that column is assigned as well.
     */
    private boolean isAssigned(int column) {
        return forms.get(column).isConverted()
                || (columns.get(column).isNumbered() && forms.stream().anyMatch(ColumnForm::isConverted));
    }

    /** The beginning of an insert, before its rows. */
    String insert() {
        return "INSERT INTO " + Quote.identifier(landing)
                + IntStream.range(0, columns.size()).mapToObj(this::name).collect(Collectors.joining(", ", " (", ")"))
                + " VALUES ";
    }
}
