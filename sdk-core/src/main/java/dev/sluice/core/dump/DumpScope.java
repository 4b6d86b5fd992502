// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.dump;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.catalog.DatabaseDefinition;
import dev.sluice.core.catalog.StoredObject;
import dev.sluice.core.catalog.TableDefinition;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;

/**
 * A scope in mysqldump's terms. Immutable and thread-safe.
 *
 * @param databases whole databases
 * @param leftOut tables and views of these that are not dumped
 */
record DumpScope(List<String> databases, List<TableName> leftOut) {
    private static final String ESCAPED = "'\"\\\n\r\u001a";

    DumpScope {
        databases = List.copyOf(databases);
        leftOut = List.copyOf(leftOut);
    }

    /** Says no to what cannot be dumped right. */
    static DumpScope of(Scope scope, Catalog catalog, Charset argumentsAreIn) {
        List<String> databases =
                catalog.databases().stream().map(DatabaseDefinition::name).toList();
        requireWhole(scope, databases);
        databases.forEach(database -> requirePassable("database " + database, database));
        catalog.objects(StoredObject.Kind.VIEW).forEach(view -> requirePassable(view.toString(), view.name()));
        requireEncodable(databases, argumentsAreIn);
        List<TableName> leftOut = scope.excludedTables().stream()
                .filter(table -> databases.contains(table.database()))
                .toList();
        requireUnambiguous(leftOut, catalog);
        return new DumpScope(databases, leftOut);
    }

    private static void requireWhole(Scope scope, List<String> databases) {
        List<String> parts = databases.stream()
                .filter(database -> !scope.includesWhole(database))
                .toList();
        if (!parts.isEmpty() || !scope.tables().isEmpty()) {
            throw new StepRefusedException(Problem.of(
                    DumpCode.SINGLE_TABLES,
                    "The scope names single tables, " + scope.tables() + ", and mysqldump is to copy"));
        }
        if (databases.isEmpty()) {
            throw new StepRefusedException(
                    Problem.of(DumpCode.DUMP_FAILED, "No database of the scope exists on the source", "See the scope"));
        }
    }

    /** mysqldump looks for a database, and for views, by their name as it would be in a literal: it escapes these. */
    private static void requirePassable(String what, String name) {
        if (name.chars().anyMatch(c -> ESCAPED.indexOf(c) >= 0)) {
            throw new StepRefusedException(Problem.of(
                    DumpCode.NAME_NOT_PASSABLE,
                    "mysqldump does not find the " + what + ", whose name has a quote, a backslash or a line's end",
                    "Let the plan copy in process"));
        }
    }

    private static void requireEncodable(List<String> databases, Charset argumentsAreIn) {
        for (String database : databases) {
            if (!argumentsAreIn.newEncoder().canEncode(database)) {
                throw new StepRefusedException(Problem.of(
                        DumpCode.NAME_NOT_PASSABLE,
                        "The name of the database " + database + " cannot be an argument in this JVM's locale, "
                                + argumentsAreIn));
            }
        }
    }

    /** mysqldump compares database and table joined by a dot, and names may hold dots themselves. */
    private static void requireUnambiguous(List<TableName> leftOut, Catalog catalog) {
        for (TableName out : leftOut) {
            Optional<TableName> clash = catalog.tables().stream()
                    .map(TableDefinition::name)
                    .filter(in -> in.toString().equals(out.toString()))
                    .findFirst();
            if (clash.isPresent()) {
                throw new StepRefusedException(Problem.of(
                        DumpCode.NAME_NOT_PASSABLE,
                        "Leaving out " + out + " would make mysqldump leave out a table in the scope as well: "
                                + clash.get(),
                        "Let the plan copy in process"));
            }
        }
    }

    /** Tables whose values may lose digits. */
    static List<TableName> withFloats(Catalog catalog) {
        return catalog.tables().stream()
                .filter(table -> table.storedColumns().stream()
                        .anyMatch(column -> column.dataType().equals("float")))
                .map(TableDefinition::name)
                .toList();
    }
}
