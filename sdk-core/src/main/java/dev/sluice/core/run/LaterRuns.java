// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.run.RunId;
import dev.sluice.api.run.RunState;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.journal.JournalRecord;
import java.util.List;
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
        for (RunId other : journal.runs()) {
            List<JournalRecord> records = journal.read(other);
            // One that died in the middle of its first record has done nothing.
            boolean isAnother = !records.isEmpty() && !other.equals(run.run());
            if (isAnother && isLater(RunHistory.of(other, records), run)) {
                throw new StepRefusedException(Problem.of(
                        RunCode.REPLICA_PASSED_ON,
                        "The run " + other + " has worked on the same replica since: " + run.about()));
            }
        }
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
        return other.undos().isEmpty()
                && other.end().filter(TAKEN_BACK::contains).isPresent();
    }
}
