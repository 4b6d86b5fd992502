// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepOutcomeUnknownException;
import dev.sluice.api.plan.PausePlan;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunResult;
import dev.sluice.core.run.RunCode;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Compiles, runs and awaits a pause, bounded by its deadline. */
record PauseRun(Sluice sluice, PausePlan plan) {
    /** For what is not the step's own: preflight, the claim on the replica, and the end of a statement that the server does not end. */
    private static final Duration AROUND = Duration.ofSeconds(30);

    RunResult await() throws InterruptedException {
        ReplicationRun run = sluice.start(sluice.compile(plan));
        try {
            return run.await(plan.deadline().plus(AROUND));
        } catch (TimeoutException late) {
            throw new StepOutcomeUnknownException(Problem.of(
                    RunCode.DEADLINE,
                    plan + " did not end within " + plan.deadline() + "; the server still works on it, and run "
                            + run.id() + " goes on"));
        }
    }
}
