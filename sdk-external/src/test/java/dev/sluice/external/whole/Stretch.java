// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.operation.CopyOperation;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.SnapshotOperation;
import dev.sluice.api.operation.VerifyOperation;
import dev.sluice.core.journal.JournalRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The time in which an operation whose preview is templates was done. Sessions that connect within it are its own: its run does one
 * operation at a time, and what else the run has connected with began before.
 *
 * @param operation what was done
 * @param from when the run's journal says that it began
 * @param to when the run's journal says that it was done; of a snapshot, when the copy that reads it was done
 */
record Stretch(Operation operation, Instant from, Instant to) {
    static boolean hasTemplates(Operation operation) {
        return operation instanceof CopyOperation
                || operation instanceof SnapshotOperation
                || operation instanceof VerifyOperation;
    }

    /** Those of a run, as its journal tells. */
    static List<Stretch> of(CompiledPlan compiled, List<JournalRecord> journal) {
        List<Stretch> all = new ArrayList<>();
        compiled.steps().stream()
                .flatMap(step -> step.operations().stream())
                .filter(Stretch::hasTemplates)
                .forEach(operation -> all.add(
                        new Stretch(operation, opened(journal, operation.id()), closed(journal, operation.id()))));
        return all;
    }

    private static Instant opened(List<JournalRecord> journal, String operation) {
        return journal.stream()
                .filter(entry -> entry instanceof JournalRecord.OperationOpened opened
                        && opened.operation().equals(operation))
                .map(JournalRecord::at)
                .findFirst()
                .orElseThrow();
    }

    private static Instant closed(List<JournalRecord> journal, String operation) {
        return journal.stream()
                .filter(entry -> entry instanceof JournalRecord.OperationClosed closed
                        && closed.operation().equals(operation))
                .map(JournalRecord::at)
                .findFirst()
                .orElseThrow();
    }

    boolean holds(Instant at) {
        return !at.isBefore(from) && !at.isAfter(to);
    }

    /** What sessions of this operation may send besides reads; readers of a snapshot are the copy's as well. */
    static Stream<String> templates(List<Stretch> all, Instant connected) {
        List<Stretch> own =
                all.stream().filter(stretch -> stretch.holds(connected)).toList();
        boolean ofSnapshot = own.stream().anyMatch(stretch -> stretch.operation() instanceof SnapshotOperation);
        Stream<Stretch> more = ofSnapshot
                ? all.stream().filter(stretch -> stretch.operation() instanceof CopyOperation)
                : Stream.empty();
        return Stream.concat(own.stream(), more).flatMap(stretch -> stretch.operation().preview().stream());
    }
}
