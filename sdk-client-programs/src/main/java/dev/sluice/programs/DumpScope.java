// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.programs;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.dump.DumpContent;
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
    static DumpScope of(Scope scope, DumpContent content, Charset argumentsAreIn) {
        List<String> databases = content.databases();
        requireWhole(scope, databases);
        databases.forEach(database -> requirePassable("database " + database, database));
        content.views().forEach(view -> requirePassable("view " + view, view.table()));
        requireEncodable(databases, argumentsAreIn);
        List<TableName> leftOut = scope.excludedTables().stream()
                .filter(table -> databases.contains(table.database()))
                .toList();
        requireUnambiguous(leftOut, content.tables());
        return new DumpScope(databases, leftOut);
    }

    private static void requireWhole(Scope scope, List<String> databases) {
        List<String> parts = databases.stream()
                .filter(database -> !scope.includesWhole(database))
                .toList();
        if (!parts.isEmpty() || !scope.tables().isEmpty()) {
            throw new StepRefusedException(Problem.of(
                    ProgramCode.SINGLE_TABLES,
                    "The scope names single tables, " + scope.tables() + ", and mysqldump is to copy"));
        }
        if (databases.isEmpty()) {
            throw new StepRefusedException(Problem.of(
                    ProgramCode.DUMP_FAILED, "No database of the scope exists on the source", "See the scope"));
        }
    }

    /** mysqldump looks for a database, and for views, by their name as it would be in a literal: it escapes these. */
    private static void requirePassable(String what, String name) {
        if (name.chars().anyMatch(c -> ESCAPED.indexOf(c) >= 0)) {
            throw new StepRefusedException(Problem.of(
                    ProgramCode.NAME_NOT_PASSABLE,
                    "mysqldump does not find the " + what + ", whose name has a quote, a backslash or a line's end",
                    "Let the plan copy in process"));
        }
    }

    private static void requireEncodable(List<String> databases, Charset argumentsAreIn) {
        for (String database : databases) {
            if (!argumentsAreIn.newEncoder().canEncode(database)) {
                throw new StepRefusedException(Problem.of(
                        ProgramCode.NAME_NOT_PASSABLE,
                        "The name of the database " + database + " cannot be an argument in this JVM's locale, "
                                + argumentsAreIn));
            }
        }
    }

    /** mysqldump compares database and table joined by a dot, and names may hold dots themselves. */
    private static void requireUnambiguous(List<TableName> leftOut, List<TableName> dumped) {
        for (TableName out : leftOut) {
            Optional<TableName> clash = dumped.stream()
                    .filter(in -> in.toString().equals(out.toString()))
                    .findFirst();
            if (clash.isPresent()) {
                throw new StepRefusedException(Problem.of(
                        ProgramCode.NAME_NOT_PASSABLE,
                        "Leaving out " + out + " would make mysqldump leave out a table in the scope as well: "
                                + clash.get(),
                        "Let the plan copy in process"));
            }
        }
    }
}
