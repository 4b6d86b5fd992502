// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.run.RunId;
import dev.sluice.api.run.RunState;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.journal.JournalRecord;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which runs of a journal have worked on a replica after a run of another process: their tables may have the names that the earlier one's
 * undos drop.
 *
 * @param journal of all of them
 */
record LaterRuns(Journal journal) {
    private static final Set<RunState> TAKEN_BACK = Set.of(RunState.CANCELLED, RunState.ABANDONED);

    /**
     * That there is none, but for those that were taken back whole.
     *
     * @throws StepRefusedException REPLICA_PASSED_ON
     */
    void requireNone(RunHistory run) {
        firstAfter(run).ifPresent(other -> {
            throw new StepRefusedException(Problem.of(
                    RunCode.REPLICA_PASSED_ON,
                    "The run " + other + " has worked on the same replica since: " + run.about()));
        });
    }

    /** The first of them, but for those that were taken back whole. */
    Optional<RunId> firstAfter(RunHistory run) {
        return journal.runs().stream()
                .filter(other -> !other.equals(run.run()) && isLater(other, run))
                .findFirst();
    }

    private boolean isLater(RunId other, RunHistory run) {
        List<JournalRecord> records = journal.read(other);
        // One that died in the middle of its first record has done nothing.
        return !records.isEmpty() && isLater(RunHistory.of(other, records), run);
    }

    private static boolean isLater(RunHistory other, RunHistory run) {
        return other.opened().at().isAfter(run.opened().at())
                && !run.replicaUuid().isEmpty()
                && other.replicaUuid().equalsIgnoreCase(run.replicaUuid())
                && other.hasDoneAnything()
                && !other.isPause()
                && !isTakenBack(other);
    }

    private static boolean isTakenBack(RunHistory other) {
        return other.undos().open().isEmpty()
                && other.end().filter(TAKEN_BACK::contains).isPresent();
    }
}
