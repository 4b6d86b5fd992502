// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.core.mysql.Quote;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A primary key, or a unique one without NULLs, by whose ranges a table is compared. The text of what it selects is the same on
 * both servers but for the names of the index and of character sets. Immutable.
 *
 * @param index the index's name on this server
 * @param columns its columns in order
 */
record TableKey(String index, List<KeyColumn> columns) {
    TableKey {
        columns = List.copyOf(columns);
    }

    /** A table with the hint to read it by this key's index. */
    String hinted(String table) {
        return table + " FORCE INDEX (" + Quote.identifier(index) + ")";
    }

    /** Whether it is one column of whole numbers, any of which may stand in a condition, whether a row has it or not. */
    boolean isWholeNumber() {
        return columns.size() == 1 && columns.get(0).isWholeNumber();
    }

    /** The key's columns as they are read. */
    String selected() {
        return columns.stream().map(KeyColumn::selected).collect(Collectors.joining(", "));
    }

    String order() {
        return columns.stream().map(KeyColumn::quoted).collect(Collectors.joining(", "));
    }

    /** The key at the beginning of a row that was read. */
    RowKey read(List<@Nullable String> row) {
        List<String> values = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            String value = row.get(i);
            if (value == null) {
                throw new IllegalStateException(
                        "A key holds NULL in column " + columns.get(i).column().name());
            }
            values.add(value);
        }
        return new RowKey(values);
    }

    /** The rows with these keys, by the columns' own notion of equality. */
    String isOneOf(Collection<RowKey> keys) {
        String columnList = order();
        return (columns.size() == 1 ? columnList : "(" + columnList + ")")
                + keys.stream().map(this::tuple).collect(Collectors.joining(", ", " IN (", ")"));
    }

    private String tuple(RowKey key) {
        String values = IntStream.range(0, columns.size())
                .mapToObj(i -> literal(i, key))
                .collect(Collectors.joining(", "));
        return columns.size() == 1 ? values : "(" + values + ")";
    }

    /** The rows after a key. */
    String isAfter(RowKey key) {
        return beyond(key, ">", ">");
    }

    /** The rows up to a key, itself included. */
    String isUpTo(RowKey key) {
        return beyond(key, "<", "<=");
    }

    /** Spelled out, because row comparisons such as (a, b) > (1, 2) use no index. */
    private String beyond(RowKey key, String inner, String last) {
        List<String> cases = new ArrayList<>();
        StringBuilder equal = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            String column = columns.get(i).quoted();
            String operator = i == columns.size() - 1 ? last : inner;
            cases.add(equal + column + " " + operator + " " + literal(i, key));
            equal.append(column).append(" = ").append(literal(i, key)).append(" AND ");
        }
        return cases.stream().collect(Collectors.joining(" OR ", "(", ")"));
    }

    private String literal(int i, RowKey key) {
        return columns.get(i).literal(key.values().get(i));
    }

    /** The key with its columns' names, shortened. */
    String shown(RowKey key) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> RowKey.shortened(columns.get(i).column().name()) + " = "
                        + columns.get(i).shown(key.values().get(i)))
                .collect(Collectors.joining(", "));
    }
}
