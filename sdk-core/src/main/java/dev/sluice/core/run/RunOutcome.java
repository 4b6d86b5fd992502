// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.Effect;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.RunStoppedException;
import dev.sluice.api.error.SluiceException;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.run.StepResult;
import dev.sluice.core.mysql.CancelledException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one run came to, of all that its parts know, and why. Written by the thread that ends the run, read by others. */
final class RunOutcome {
    private final RunParts parts;
    private final RunDriver driver;
    private final RunEnding ending;
    private volatile @Nullable RuntimeException failure;

    RunOutcome(RunParts parts, RunDriver driver, RunEnding ending) {
        this.parts = parts;
        this.driver = driver;
        this.ending = ending;
    }

    /** This is why the run has ended. */
    void failed(RuntimeException thrown) {
        failure = thrown;
    }

    RunResult result(RunState state, Instant began) {
        RunMemory memory = parts.memory();
        return new RunResult(
                parts.run(),
                state,
                steps(),
                memory.coordinates(),
                memory.rows(),
                memory.bytes(),
                memory.copyTook(),
                memory.lockHeld(),
                memory.lag(),
                memory.verification(),
                problem(),
                parts.undos().undone(),
                parts.undos().leftovers(),
                Duration.between(began, parts.log().clock().instant()));
    }

    /** The same run with what is undone by now. */
    RunResult withUndos(RunResult before, RunState state) {
        return before.with(state, parts.undos().undone(), parts.undos().leftovers());
    }

    /** What was done, and the steps that were not reached. */
    private List<StepResult> steps() {
        List<StepResult> all = new ArrayList<>(driver.results());
        parts.compiled().steps().stream()
                .skip(all.size())
                .forEach(step -> all.add(
                        new StepResult(step.row(), StepResult.Outcome.NOT_REACHED, List.of(), "", Duration.ZERO)));
        return all;
    }

    private @Nullable Problem problem() {
        RuntimeException thrown = failure;
        if (thrown == null) {
            return null;
        }
        StopReason reason = ending.stopReason();
        if (reason != null) {
            return Problem.of(reason.code(), reason.code().meaning());
        }
        if (thrown instanceof SluiceException known) {
            return known.problems().get(0);
        }
        return Problem.of(RunCode.BUG, "The run failed: " + thrown);
    }

    /** A success as it is; everything else as an exception. */
    RunResult orThrow(RunResult ended) {
        if (ended.state() == RunState.SUCCEEDED) {
            return ended;
        }
        RuntimeException thrown = failure;
        Effect effect = thrown instanceof SluiceException known ? known.effect() : Effect.UNKNOWN;
        boolean harmless = thrown instanceof CancelledException;
        throw new RunStoppedException(ended.problem().orElseThrow(), harmless ? Effect.NONE : effect, thrown);
    }
}
