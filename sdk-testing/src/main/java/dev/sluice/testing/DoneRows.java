// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.WaitOperation;
import dev.sluice.api.plan.GuideStep;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was done on a pair of mock servers: rows of the guide, and operations of rows that are done in part. Not thread-safe. */
final class DoneRows {
    private static final Map<GuideStep, Set<GuideStep>> REVERSES = Map.of(
            GuideStep.ENABLE_REPLICATION, Set.of(GuideStep.STOP_REPLICATION, GuideStep.RESET_REPLICA),
            GuideStep.START_REPLICATION, Set.of(GuideStep.STOP_REPLICATION),
            GuideStep.STOP_REPLICATION,
                    Set.of(GuideStep.ENABLE_REPLICATION, GuideStep.START_REPLICATION, GuideStep.CATCH_UP),
            GuideStep.CREATE_REPLICATION_USER, Set.of(GuideStep.DROP_REPLICATION_USER),
            GuideStep.DROP_REPLICATION_USER, Set.of(GuideStep.CREATE_REPLICATION_USER),
            GuideStep.ENABLE_BINLOG, Set.of(GuideStep.DISABLE_BINLOG),
            GuideStep.DISABLE_BINLOG, Set.of(GuideStep.ENABLE_BINLOG),
            GuideStep.RETAIN_BINLOGS, Set.of(GuideStep.RELAX_RETENTION, GuideStep.RESTORE_RETENTION),
            GuideStep.RELAX_RETENTION, Set.of(GuideStep.RETAIN_BINLOGS),
            GuideStep.RESTORE_RETENTION, Set.of(GuideStep.RETAIN_BINLOGS));

    private final Set<GuideStep> rows = EnumSet.noneOf(GuideStep.class);
    private final Map<GuideStep, Set<String>> parts = new EnumMap<>(GuideStep.class);

    /** What only reads or waits leaves nothing behind that a look could see. */
    static boolean leavesSomething(Operation operation) {
        return !(operation instanceof WaitOperation);
    }

    /** Rows that this one takes back. */
    static Set<GuideStep> reversedBy(GuideStep row) {
        return REVERSES.getOrDefault(row, Set.of());
    }

    void mark(GuideStep row) {
        rows.add(row);
        reversedBy(row).forEach(this::forget);
    }

    void mark(CompiledStep step, String operation) {
        Set<String> done = parts.computeIfAbsent(step.row(), none -> new HashSet<>());
        done.add(operation);
        if (missing(step).isEmpty()) {
            mark(step.row());
        }
    }

    void forget(GuideStep row) {
        rows.remove(row);
        parts.remove(row);
    }

    void forget(GuideStep row, String operation) {
        rows.remove(row);
        parts.getOrDefault(row, Set.of()).remove(operation);
    }

    boolean isDone(GuideStep row) {
        return rows.contains(row);
    }

    /** The operations of a row that are still to be done, but for those that only wait. */
    List<Operation> missing(CompiledStep step) {
        Set<String> done = parts.getOrDefault(step.row(), Set.of());
        return step.operations().stream()
                .filter(DoneRows::leavesSomething)
                .filter(operation -> !done.contains(operation.id()))
                .toList();
    }
}
