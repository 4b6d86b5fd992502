// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.run;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.error.Problem;
import dev.sluice.api.verify.VerificationReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run came to. Immutable and thread-safe.
 *
 * @param id the run
 * @param state SUCCEEDED, FAILED, CANCELLED or ABANDONED
 * @param steps one result a step, in order
 * @param coordinatesOrNull see {@link #coordinates()}
 * @param rowsCopied rows that the copy confirmed
 * @param bytesCopied bytes of row data that the copy sent
 * @param copyTook how long the copy took, zero if nothing was copied
 * @param lockHeld how long writers on the source were held up, by all snapshots that the run has taken
 * @param lagOrNull see {@link #lag()}
 * @param verificationOrNull see {@link #verification()}
 * @param problemOrNull see {@link #problem()}
 * @param undone what was changed and has been undone, line by line, in the order in which it was undone
 * @param left what was changed and is still in place although the run did not succeed, or could not be undone, line by line
 * @param took from start to end, without the undoing by {@link ReplicationRun#abandon()}
 */
public record RunResult(
        RunId id,
        RunState state,
        List<StepResult> steps,
        @Nullable Coordinates coordinatesOrNull,
        long rowsCopied,
        long bytesCopied,
        Duration copyTook,
        Duration lockHeld,
        @Nullable Duration lagOrNull,
        @Nullable VerificationReport verificationOrNull,
        @Nullable Problem problemOrNull,
        List<String> undone,
        List<String> left,
        Duration took) {
    public RunResult {
        steps = List.copyOf(steps);
        undone = List.copyOf(undone);
        left = List.copyOf(left);
    }

    /** The same run after more of it was undone. */
    public RunResult with(RunState now, List<String> undoneByNow, List<String> stillLeft) {
        return new RunResult(
                id,
                now,
                steps,
                coordinatesOrNull,
                rowsCopied,
                bytesCopied,
                copyTook,
                lockHeld,
                lagOrNull,
                verificationOrNull,
                problemOrNull,
                undoneByNow,
                stillLeft,
                took);
    }

    /** Where the snapshot stands, if one was taken. */
    public Optional<Coordinates> coordinates() {
        return Optional.ofNullable(coordinatesOrNull);
    }

    /** The last lag that was seen, if replication ran. */
    public Optional<Duration> lag() {
        return Optional.ofNullable(lagOrNull);
    }

    /** The comparison of replica and source, if it was made. */
    public Optional<VerificationReport> verification() {
        return Optional.ofNullable(verificationOrNull);
    }

    /** Why it failed or was cancelled; of a run that was abandoned, why it had failed. */
    public Optional<Problem> problem() {
        return Optional.ofNullable(problemOrNull);
    }

    /** Whether the run changed anything on a server. A plan that runs again on its live replication does not. */
    public boolean changedSomething() {
        return steps.stream().anyMatch(step -> !step.operationsDone().isEmpty());
    }
}
