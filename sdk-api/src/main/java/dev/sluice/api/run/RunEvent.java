// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.run;

import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.StepKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something that happened in a run. Events hold no secret. All are immutable and thread-safe. */
public sealed interface RunEvent {
    /** The run. */
    RunId run();

    /** When, by this JVM's clock. */
    Instant at();

    /** The run began. */
    record RunStarted(RunId run, Instant at, String fingerprint, int steps) implements RunEvent {}

    /** This process goes on with a run that another one, or an earlier {@code Sluice}, has begun. */
    record RunResumed(RunId run, Instant at, String fingerprint, int steps) implements RunEvent {}

    /** Told when a Sluice is built: the journal has a run that waits for somebody to resume or abandon it. */
    record RunLeft(RunId run, Instant at, RecordedRun left) implements RunEvent {}

    /**
     * The copy of a resumed run starts over, since its snapshots went with the process that had opened them. What the run itself had loaded
     * is dropped, and nothing else.
     *
     * @param step that copies
     * @param dropped what was undone for that, line by line
     */
    record CopyStartsOver(RunId run, Instant at, StepKey step, List<String> dropped) implements RunEvent {
        public CopyStartsOver {
            dropped = List.copyOf(dropped);
        }
    }

    /** The run ended; told once more, with what has been undone since, when it was abandoned. */
    record RunFinished(RunId run, Instant at, RunResult result) implements RunEvent {}

    /** The run came into another state. */
    record StateChanged(RunId run, Instant at, RunState state) implements RunEvent {}

    /** A step began. */
    record StepStarted(RunId run, Instant at, StepKey step, GuideStep row) implements RunEvent {}

    /** A step ended. */
    record StepFinished(RunId run, Instant at, StepKey step, StepResult result) implements RunEvent {}

    /** An operation is about to be done, for the how-many-th time. */
    record OperationStarted(RunId run, Instant at, StepKey step, Operation operation, int attempt)
            implements RunEvent {}

    /** An operation was done. */
    record OperationFinished(RunId run, Instant at, StepKey step, Operation operation, Duration took)
            implements RunEvent {}

    /**
     * A try failed without having been applied, and is repeated after a pause.
     *
     * @param failedAttempt the how-many-th try of this one thing failed
     * @param leftOfStep retries that the step has left, of all things that it does
     * @param leftOfRun retries that the run has left
     */
    record RetryScheduled(
            RunId run,
            Instant at,
            StepKey step,
            int failedAttempt,
            Duration pause,
            Problem problem,
            int leftOfStep,
            int leftOfRun)
            implements RunEvent {}

    /** An operation's outcome is unknown; the step looks at the servers before anything else is done. */
    record OutcomeUnknown(RunId run, Instant at, StepKey step, Problem problem) implements RunEvent {}

    /** Writers on the source were held up this long while snapshots opened. */
    record LockReleased(RunId run, Instant at, Duration held) implements RunEvent {}

    /**
     * The copy went on; at most a few a second.
     *
     * @param rows rows that the replica confirmed; with mysqldump rows that were sent
     * @param estimatedRows from the source's statistics
     * @param bytes bytes of row data sent
     * @param estimatedBytes from the source's statistics
     * @param rowsPerSecond over the last few seconds
     * @param bytesPerSecond over the last few seconds
     * @param etaOrNull see {@link #eta()}
     * @param tables the tables that are under way
     */
    record Progress(
            RunId run,
            Instant at,
            long rows,
            long estimatedRows,
            long bytes,
            long estimatedBytes,
            long rowsPerSecond,
            long bytesPerSecond,
            @Nullable Duration etaOrNull,
            List<TableProgress> tables)
            implements RunEvent {
        public Progress {
            tables = List.copyOf(tables);
        }

        /** The time still needed, by the rate so far; empty as long as nobody can tell. */
        public Optional<Duration> eta() {
            return Optional.ofNullable(etaOrNull);
        }
    }

    /**
     * From now on the copy reads and writes with so many connections, as its budget and the measured throughput have it.
     *
     * @param readers that read; the others wait with their snapshots
     * @param writers that write
     * @param limitOrNull see {@link #bytesPerSecond()}
     */
    record CopyPaceChanged(
            RunId run,
            Instant at,
            int readers,
            int writers,
            @Nullable Long limitOrNull) implements RunEvent {
        /** How many bytes of row data may be read in a second; empty without a limit. */
        public Optional<Long> bytesPerSecond() {
            return Optional.ofNullable(limitOrNull);
        }
    }

    /**
     * The copy reads nothing more and begins to build no keys until {@link CopyWentOn}; what is under way is still written. Told again when the reason becomes
     * another one.
     *
     * @param reason of the budget's limits or of the application, for people
     */
    record CopyPaused(RunId run, Instant at, String reason) implements RunEvent {}

    /** The copy reads again, or has ended. */
    record CopyWentOn(RunId run, Instant at, Duration paused) implements RunEvent {}

    /**
     * A table was copied and confirmed.
     *
     * @param beganOrNull see {@link #began()}
     */
    record TableCopied(
            RunId run,
            Instant at,
            TableProgress table,
            @Nullable Instant beganOrNull) implements RunEvent {
        /** Of a table of which nobody can tell when its copy began. */
        public TableCopied(RunId run, Instant at, TableProgress table) {
            this(run, at, table, null);
        }

        /**
         * When the first of its rows were about to be read, by this JVM's clock; empty of a copy by mysqldump, whose tables are all confirmed
         * at its end.
         *
         * @since 0.1.0
         */
        public Optional<Instant> began() {
            return Optional.ofNullable(beganOrNull);
        }
    }

    /**
     * The comparison of both servers went on; at most a few a second.
     *
     * @param tables that are compared
     * @param tablesDone of which it is known what came of them
     * @param rows rows compared, counted on the source
     * @param estimatedRows from the source's statistics, at least {@code rows}
     * @param lookedAtAgain rows that differed at first, as rows do that are just being written, and are looked at again
     */
    record Comparing(
            RunId run, Instant at, int tables, int tablesDone, long rows, long estimatedRows, long lookedAtAgain)
            implements RunEvent {}

    /**
     * The replica's lag was looked at.
     *
     * @param lagOrNull the server's own figure, or null while it has none; see {@link #lag()}
     * @param state what the replica does, for people
     */
    record LagObserved(RunId run, Instant at, @Nullable Duration lagOrNull, String state) implements RunEvent {
        /** How far the replica says that it is behind, in whole seconds; empty while it cannot say, as when replication does not run. */
        public Optional<Duration> lag() {
            return Optional.ofNullable(lagOrNull);
        }
    }

    /**
     * The replica was moved to another server, or restarted, while the run waited for it. Told when the run has claimed the new server and
     * replication runs there again, or nothing can be done about it.
     *
     * @param step that waited
     */
    record ReplicaMoved(RunId run, Instant at, StepKey step, ReplicaMove move) implements RunEvent {}

    /** A person has to do something. */
    record PersonNeeded(RunId run, Instant at, PendingAction action) implements RunEvent {}

    /** A change was undone, or could not be. */
    record UndoPlayed(RunId run, Instant at, String purpose, UndoOutcome outcome, String detail) implements RunEvent {}

    /** Something that does not stop the run but should be known. */
    record Warning(RunId run, Instant at, Problem problem) implements RunEvent {}

    /** What became of an undo. */
    enum UndoOutcome {
        /** The change was reversed. */
        UNDONE,
        /** Nothing was left to reverse, or somebody else has changed the value since: left as it is. */
        LEFT,
        /** The reversal failed; the detail says what is still in place. */
        FAILED
    }
}
