// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a row as one string of bytes, such that two rows have the same bytes if, and only if, they are equal: which columns are
 * NULL, the lengths of the values that may hold a separator, then the values. Strings are not converted: the explicit collation
 * makes the whole a string of bytes. Thread-safe: no state.
 */
final class RowText {
    private RowText() {}

    /** The whole row as an expression. */
    static String of(List<Column> columns) {
        return Stream.of(nulls(columns), lengths(columns), values(columns))
                .flatMap(List::stream)
                .collect(Collectors.joining(", ", "CONCAT_WS(_binary'#' COLLATE `binary`, ", ")"));
    }

    private static List<String> nulls(List<Column> columns) {
        String flags = columns.stream()
                .filter(Column::isNullable)
                .map(column -> "ISNULL(" + column.quoted() + ")")
                .collect(Collectors.joining(", "));
        return flags.isEmpty() ? List.of() : List.of("CONCAT(" + flags + ")");
    }

    /** The last one ends where the rest begins, and the rest can be read from its end. */
    private static List<String> lengths(List<Column> columns) {
        List<String> lengths = columns.stream()
                .filter(column -> column.kind().isFree())
                .map(column -> "LENGTH(" + column.quoted() + ")")
                .toList();
        return lengths.isEmpty() ? lengths : lengths.subList(0, lengths.size() - 1);
    }

    private static List<String> values(List<Column> columns) {
        List<String> values = new ArrayList<>();
        columns.forEach(column -> values.addAll(column.kind().texts(column.quoted())));
        return values;
    }
}
