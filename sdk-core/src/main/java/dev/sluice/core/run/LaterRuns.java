// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.JournalException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.run.RunId;
import dev.sluice.api.run.RunState;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.journal.JournalRecord;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which runs of a journal have worked on a replica after a run of another process: their tables may have the names that the earlier one's
 * undos drop.
 *
 * @param journal of all of them
 */
record LaterRuns(Journal journal) {
    private static final Logger logger = LoggerFactory.getLogger(LaterRuns.class);
    private static final Set<RunState> TAKEN_BACK = Set.of(RunState.CANCELLED, RunState.ABANDONED);

    /**
     * That there is none, but for those that were taken back whole.
     *
     * @throws StepRefusedException REPLICA_PASSED_ON; or LATER_UNREADABLE
     */
    void requireNone(RunHistory run) {
        firstAfter(run).ifPresent(other -> {
            throw new StepRefusedException(Problem.of(
                    RunCode.REPLICA_PASSED_ON,
                    "The run " + other + " has worked on the same replica since: " + run.about()));
        });
    }

    /**
     * The first of them, but for those that were taken back whole.
     *
     * @throws StepRefusedException LATER_UNREADABLE if one may be such a run, and its journal is damaged
     */
    Optional<RunId> firstAfter(RunHistory run) {
        return run.replicaUuid().isEmpty()
                ? Optional.empty()
                : journal.runs().stream()
                        .filter(other -> !other.equals(run.run()) && began(other, run) && hasBuilt(other))
                        .findFirst();
    }

    /**
     * Whether it was opened later, for the same replica and to leave something there. One whose very beginning cannot be read keeps no other from being resumed or abandoned:
     * it may be about any servers.
     */
    private boolean began(RunId other, RunHistory run) {
        try {
            // One that died in the middle of its first record has done nothing.
            return journal.first(other)
                    .filter(JournalRecord.RunOpened.class::isInstance)
                    .map(opened -> RunHistory.of(other, List.of(opened)))
                    .filter(begun -> begun.opened().at().isAfter(run.opened().at())
                            && begun.replicaUuid().equalsIgnoreCase(run.replicaUuid())
                            && !begun.isPause())
                    .isPresent();
        } catch (JournalException damaged) {
            logger.warn(
                    "Another run of the journal cannot be read, not even which servers it is about. run={}",
                    other,
                    damaged);
            return false;
        }
    }

    private boolean hasBuilt(RunId other) {
        try {
            RunHistory history = RunHistory.of(other, journal.read(other));
            return history.hasDoneAnything() && !isTakenBack(history);
        } catch (JournalException damaged) {
            throw new StepRefusedException(
                    Problem.of(
                            RunCode.LATER_UNREADABLE,
                            "The run " + other + ": "
                                    + damaged.problems().get(0).what()),
                    damaged);
        }
    }

    private static boolean isTakenBack(RunHistory other) {
        return other.undos().open().isEmpty()
                && other.end().filter(TAKEN_BACK::contains).isPresent();
    }
}
