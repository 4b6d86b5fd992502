// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.journal;

import dev.sluice.api.document.Document;
import dev.sluice.api.error.Effect;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.run.RunEvent.UndoOutcome;
import dev.sluice.api.run.RunState;
import dev.sluice.api.run.StepResult;
import java.time.Duration;
import java.time.Instant;

/** One line of a run's journal. Holds no secret. Immutable and thread-safe. */
public sealed interface JournalRecord {
    /** When it was written, by the clock of the process that drove the run. */
    Instant at();

    /**
     * The run began. Holds the whole compiled plan, so that a resumed run never compiles again.
     *
     * @param compiled the compiled plan's stored form
     */
    record RunOpened(Instant at, String fingerprint, Document compiled) implements JournalRecord {}

    /** Another process goes on with the run. */
    record RunResumed(Instant at) implements JournalRecord {}

    /** A step began. */
    record StepOpened(Instant at, String step) implements JournalRecord {}

    /** A step ended. */
    record StepClosed(Instant at, String step, StepResult.Outcome outcome, String evidence) implements JournalRecord {}

    /**
     * How to reverse the change that is about to be made. Written before the change.
     *
     * @param undoId unique within the run
     * @param operation that makes the change, of the step
     * @param target {@code SOURCE} or {@code REPLICA}
     */
    record UndoRegistered(Instant at, String undoId, String step, String operation, String target, Undo undo)
            implements JournalRecord {}

    /**
     * An undo was played, left, or dropped because the run succeeded. One that FAILED is still to be played; if it is, another record
     * follows.
     *
     * @param counts whether the run's result tells of it: not of one that is void, or of a change that was not made
     */
    record UndoSettled(Instant at, String undoId, UndoOutcome outcome, String detail, boolean counts)
            implements JournalRecord {}

    /**
     * An operation is about to be done. Without a record of its end its outcome is unknown.
     *
     * @param attempt counts from 1
     */
    record OperationOpened(Instant at, String step, String operation, int attempt) implements JournalRecord {}

    /** An operation returned. */
    record OperationClosed(Instant at, String step, String operation) implements JournalRecord {}

    /** An operation failed. */
    record OperationFailed(Instant at, String step, String operation, String code, Effect effect)
            implements JournalRecord {}

    /** A value became known that later steps need. */
    record SlotFilled(Instant at, String slot, Document value) implements JournalRecord {}

    /** The run created the replication account with a password of its own, which is not written anywhere. */
    record PasswordMadeUp(Instant at, String user, String host) implements JournalRecord {}

    /**
     * A table was copied and every row confirmed.
     *
     * @param rows that the replica has confirmed
     * @param bytes as they were sent
     */
    record TableLoaded(Instant at, String database, String table, long rows, long bytes) implements JournalRecord {}

    /**
     * The whole copy was confirmed.
     *
     * @param rows of all tables
     * @param bytes of all tables, as they were sent
     * @param took from the first statement to the last
     */
    record CopyFinished(Instant at, long rows, long bytes, Duration took) implements JournalRecord {}

    /**
     * A snapshot was taken, for which writers on the source were held up.
     *
     * @param held how long the lock was held
     */
    record WritersHeldUp(Instant at, Duration held) implements JournalRecord {}

    /**
     * A table was compared while replication went on, and is equal.
     *
     * @param sourceRows rows seen on the source
     * @param replicaRows rows seen on the replica
     * @param chunks how many parts were compared
     */
    record TableCompared(Instant at, String database, String table, long sourceRows, long replicaRows, long chunks)
            implements JournalRecord {}

    /**
     * Somebody said that an action was done which only a person can do. Written before the run goes on because of it.
     *
     * @param action the pending action's id
     * @param by who said so
     * @param answer to what the action asked, {@code ""} where it asked nothing
     */
    record ActionConfirmed(Instant at, String action, String by, String answer) implements JournalRecord {}

    /** All steps are done: from here on undos are dropped, so that the run is not taken back any more, and only its end is missing. */
    record StepsDone(Instant at) implements JournalRecord {}

    /** Somebody takes the run back, by a cancel or after it had ended: what is to be undone is undone from here on, and it is never resumed. */
    record RunAbandoned(Instant at) implements JournalRecord {}

    /** The run ended; once more if it was abandoned afterwards. */
    record RunClosed(Instant at, RunState state, String reason) implements JournalRecord {}
}
