// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.RequiredPrivilege;
import dev.sluice.api.spi.StepDraft;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What users must be allowed to read before something is undone: whether it is still as the run has left it. Who may not look would leave a
 * replication running that a cancel is to stop.
 */
final class UndoReads {
    /** The schemas of the server itself, whose tables nobody may read who was not told so. */
    private static final Pattern TABLE = Pattern.compile("\\b(performance_schema|mysql)\\.(\\w+)");

    /** Tables that every user may read, as far as Sluice asks them. */
    private static final Set<TableName> FOR_EVERYBODY = Stream.of(
                    "persisted_variables", "global_status", "global_variables")
            .map(name -> TableName.of("performance_schema", name))
            .collect(Collectors.toUnmodifiableSet());

    private UndoReads() {}

    static List<RequiredPrivilege> of(StepDraft draft) {
        return draft.operations().stream()
                .flatMap(operation -> operation.info().undos().stream().flatMap(undo -> of(operation, undo)))
                .distinct()
                .toList();
    }

    private static Stream<RequiredPrivilege> of(Operation operation, Undo undo) {
        return undo.onlyIf().map(Undo.OnlyIf::query).stream()
                .flatMap(query -> TABLE.matcher(query).results())
                .map(table -> TableName.of(table.group(1), table.group(2)))
                .filter(table -> !FOR_EVERYBODY.contains(table))
                .map(table -> RequiredPrivilege.onTable(
                        operation.info().target(),
                        "SELECT",
                        table,
                        "to see whether what is to be undone is still as the run has left it"));
    }
}
