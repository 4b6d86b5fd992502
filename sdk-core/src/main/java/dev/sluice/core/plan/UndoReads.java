// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.RequiredPrivilege;
import dev.sluice.api.spi.StepDraft;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What users must be allowed to read before something is undone: whether it is still as the run has left it. Who may not look would leave a
 * replication running that a cancel is to stop.
 */
final class UndoReads {
    private static final String SCHEMA = "performance_schema";
    private static final Pattern TABLE = Pattern.compile(SCHEMA + "\\.(\\w+)");

    /** Tables that every user may read, as far as Sluice asks them. */
    private static final Set<String> FOR_EVERYBODY = Set.of("persisted_variables", "global_status", "global_variables");

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
                .map(MatchResult::group)
                .map(name -> name.substring(SCHEMA.length() + 1))
                .filter(name -> !FOR_EVERYBODY.contains(name))
                .map(name -> RequiredPrivilege.onTable(
                        operation.info().target(),
                        "SELECT",
                        TableName.of(SCHEMA, name),
                        "to see whether what is to be undone is still as the run has left it"));
    }
}
