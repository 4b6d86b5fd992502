// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.mysql.Quote;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The scope as a condition on the columns of {@code information_schema}, to keep large servers' answers small. What it lets through is
 * still to be judged by {@link Scope}: these columns compare names in any case before 8.0.
 */
final class ScopeSql {
    private static final String NONE = "FALSE";

    private ScopeSql() {}

    /** On columns with the names of databases and tables. */
    static String tables(Scope scope, String databaseColumn, String tableColumn) {
        String in = scope.isNamed()
                ? Stream.concat(
                                Stream.of(among(databaseColumn, whole(scope))),
                                scope.tables().stream().map(table -> is(table, databaseColumn, tableColumn)))
                        .collect(Collectors.joining(" OR ", "(", ")"))
                : without(scope, databaseColumn);
        return scope.excludedTables().stream()
                .map(table -> " AND NOT " + is(table, databaseColumn, tableColumn))
                .collect(Collectors.joining("", in, ""));
    }

    /** On a column with the names of databases, for objects that only whole databases bring with them. */
    static String wholeDatabases(Scope scope, String databaseColumn) {
        return scope.isNamed() ? among(databaseColumn, whole(scope)) : without(scope, databaseColumn);
    }

    /** On a column with the names of databases of which anything is in the scope. */
    static String touchedDatabases(Scope scope, String databaseColumn) {
        Stream<String> named = Stream.concat(
                scope.databases().stream(), scope.tables().stream().map(TableName::database));
        return scope.isNamed()
                ? among(databaseColumn, named.distinct().filter(scope::touches).toList())
                : without(scope, databaseColumn);
    }

    private static List<String> whole(Scope scope) {
        return scope.databases().stream().filter(scope::includesWhole).toList();
    }

    private static String without(Scope scope, String column) {
        return "NOT "
                + among(
                        column,
                        Stream.concat(Scope.SYSTEM_SCHEMAS.stream().sorted(), scope.excludedDatabases().stream())
                                .toList());
    }

    private static String among(String column, List<String> names) {
        return names.isEmpty()
                ? NONE
                : names.stream().map(Quote::literal).collect(Collectors.joining(", ", column + " IN (", ")"));
    }

    private static String is(TableName table, String databaseColumn, String tableColumn) {
        return "(" + databaseColumn + " = " + Quote.literal(table.database()) + " AND " + tableColumn + " = "
                + Quote.literal(table.table()) + ")";
    }
}
