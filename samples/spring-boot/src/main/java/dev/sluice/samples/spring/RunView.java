// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.spring;

import dev.sluice.api.error.Problem;
import dev.sluice.api.run.PendingAction;
import dev.sluice.api.run.RecordedRun;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunStatus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A run as HTTP clients see it.
 *
 * @param state where it stands, or what the journal says of one that another process drove
 * @param step the step that it is at, if this process drives it
 * @param waitsFor what a person has to do
 * @param problem why it did not succeed
 * @param left what is still in place although it did not succeed
 */
record RunView(
        String id,
        String state,
        @Nullable String step,
        List<String> waitsFor,
        @Nullable String problem,
        List<String> left) {
    static RunView of(ReplicationRun run) {
        RunStatus status = run.status();
        Optional<RunResult> result = result(run);
        return new RunView(
                run.id().value(),
                status.state().name(),
                status.step().map(Enum::name).orElse(null),
                run.pendingActions().stream().map(PendingAction::purpose).toList(),
                result.flatMap(RunResult::problem).map(Problem::toString).orElse(null),
                result.map(RunResult::left).orElse(List.of()));
    }

    static RunView of(RunResult result) {
        return new RunView(
                result.id().value(),
                result.state().name(),
                null,
                List.of(),
                result.problem().map(Problem::toString).orElse(null),
                result.left());
    }

    static RunView of(RecordedRun run) {
        return new RunView(run.id().value(), run.condition().name(), null, List.of(), null, run.toUndo());
    }

    private static Optional<RunResult> result(ReplicationRun run) {
        CompletableFuture<RunResult> completion = run.completion().toCompletableFuture();
        return completion.isDone() ? Optional.of(completion.join()) : Optional.empty();
    }
}
