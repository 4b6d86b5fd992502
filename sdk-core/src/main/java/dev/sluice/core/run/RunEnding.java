// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.JournalException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunState;
import dev.sluice.core.journal.JournalCode;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.core.mysql.CancelledException;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cleans up after the steps of one run as their end demands, while the replica is still claimed. On the run's own thread. */
final class RunEnding {
    private static final Logger logger = LoggerFactory.getLogger(RunEnding.class);

    private final RunParts parts;
    private final RunControl control;
    private @Nullable StopReason reason;
    private boolean isEnding;

    /** Every step is done, and every undo that needs no person. */
    private boolean hasSucceeded;

    RunEnding(RunParts parts, RunControl control) {
        this.parts = parts;
        this.control = control;
    }

    /**
     * Why the run was stopped, if it was: as it stood when its end began, which decides what is undone. Whoever comes later does not
     * change it any more.
     */
    @Nullable
    StopReason stopReason() {
        if (!isEnding) {
            isEnding = true;
            reason = control.stopReason();
        }
        return reason;
    }

    /** The state that the end comes to if not all steps are done. */
    RunState stateUnfinished() {
        return stopReason() == StopReason.CANCEL ? RunState.CANCELLED : RunState.FAILED;
    }

    /** All steps are done: nothing of the run is taken back but what was to be there for a while only. */
    void succeed(Claim claim) {
        parts.memory().closeSnapshot();
        voidUndos();
        undoTemporary(claim);
        parts.turnStays();
    }

    /** All steps are done: these changes are there to stay. */
    void voidUndos() {
        UndoList undos = parts.undos();
        undos.drop(UndoScope.ROLLBACK);
        if (parts.compiled().steps().stream().anyMatch(step -> step.row() == GuideStep.RELAX_RETENTION)) {
            undos.takenOver(GuideStep.RETAIN_BINLOGS);
        } else {
            undos.leave(GuideStep.RETAIN_BINLOGS, "replication is not caught up, so its binary logs are kept");
        }
    }

    /** Takes back what was to be there for the run only. */
    void undoTemporary(Claim claim) {
        parts.undo(
                EnumSet.of(UndoScope.GUARD, UndoScope.TEMPORARY),
                claim,
                DrivenClock.cancellation(parts.log().clock()));
        hasSucceeded = true;
    }

    /** Unless removing something is all that is left to do, it is not asked of people any more. */
    void withdrawQuestions() {
        if (!hasSucceeded) {
            parts.undos().withdraw();
        }
    }

    /**
     * All is done but for what people have to remove. Others can have the replica meanwhile. Whoever stops the run now ends the waiting and
     * nothing else.
     */
    void awaitRemovals() {
        UndoList undos = parts.undos();
        if (undos.asksPeople()) {
            control.state(RunState.WAITING_FOR_PERSON);
            try {
                undos.awaitPeople(control.cancellation());
            } catch (CancelledException interrupted) {
                logger.debug(
                        "The host ends the waiting for people; what they have not removed is left to them",
                        interrupted);
            }
            undos.leaveToPeople();
        }
    }

    /**
     * Undoes what this end demands: all on a cancel, guards only otherwise; nothing if another process has taken the run, for which it is to undo.
     * What fails here is added to the failure.
     */
    void cleanUp(Throwable failure, Claim claim) {
        if (failure instanceof CancelledException && Thread.currentThread().isInterrupted()) {
            // Of a host that shuts its threads down.
            control.stop(StopReason.CLOSE);
        }
        boolean isInterrupted = Thread.interrupted();
        try {
            parts.memory().closeSnapshot();
            if (stopReason() != StopReason.LEASE_LOST) {
                undo(claim);
            }
        } catch (RuntimeException | Error second) {
            if (isLost(second)) {
                reason = StopReason.LEASE_LOST;
            }
            failure.addSuppressed(second);
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void undo(Claim claim) {
        if (stopReason() == StopReason.CANCEL && cancelIsJournaled()) {
            undoAll(claim);
        } else {
            undoGuards(claim);
        }
    }

    private void undoGuards(Claim claim) {
        parts.undo(
                EnumSet.of(UndoScope.GUARD),
                claim,
                DrivenClock.cancellation(parts.log().clock()));
    }

    /** Where the journal goes away in the middle, or the host closes Sluice, no more than guards: the rest is for who abandons the run. */
    private void undoAll(Claim claim) {
        try {
            parts.undo(EnumSet.allOf(UndoScope.class), claim, control.undoing());
        } catch (CancelledException closed) {
            undoGuards(claim);
            throw closed;
        } catch (JournalException failed) {
            if (!isLost(failed)) {
                undoGuards(claim);
            }
            throw failed;
        }
        parts.endTurn();
    }

    /**
     * A run that is half undone is not resumed: its copy counts as done. So nothing is undone that the journal could not be told of before; that
     * is left to who abandons the run.
     *
     * @throws JournalException LEASE_LOST
     */
    private boolean cancelIsJournaled() {
        try {
            parts.log().journal(JournalRecord.RunAbandoned::new);
            return true;
        } catch (JournalException unjournaled) {
            if (isLost(unjournaled)) {
                throw unjournaled;
            }
            logger.warn(
                    "The journal does not know of the cancel, so nothing is undone. run={}", parts.run(), unjournaled);
            Problem problem = Problem.of(
                    RunCode.CANCEL_UNJOURNALED, unjournaled.problems().get(0).what());
            parts.log().event((run, at) -> new RunEvent.Warning(run, at, problem));
            return false;
        }
    }

    private static boolean isLost(Throwable thrown) {
        return thrown instanceof JournalException failed && failed.code() == JournalCode.LEASE_LOST;
    }
}
