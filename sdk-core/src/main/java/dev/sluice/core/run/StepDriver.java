// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.error.EngineException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.run.StepResult;
import dev.sluice.api.spi.Step;
import dev.sluice.core.log.LogContext;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.plan.CoreSteps;
import dev.sluice.core.plan.PlanCode;
import dev.sluice.core.plan.PlanContext;
import java.util.function.Consumer;

/**
 * Carries out single steps of one run, each within its time.
 *
 * @param parts of the run
 * @param servers that it works on
 * @param operations carries them out
 * @param cancellation the run's
 * @param results told of each
 */
record StepDriver(
        RunParts parts,
        RunServers servers,
        OperationRunner operations,
        Cancellation cancellation,
        Consumer<StepResult> results) {
    void carryOut(CompiledStep step, ReplicaGuard guard) {
        RunTools tools = parts.tools();
        Step found = find(step);
        try (LogContext lines = LogContext.step(step.row());
                StepTime time = StepTime.begin(
                        parts.compiled().plan(),
                        step,
                        found.pace(),
                        cancellation,
                        tools.log().clock(),
                        tools.threads())) {
            RunLive live = new RunLive(
                    step,
                    PlanContext.of(parts.compiled()),
                    servers,
                    parts.memory(),
                    time,
                    tools.log(),
                    new SourceAtStart(tools.log().clock()));
            new StepRunner(
                            found,
                            live,
                            operations,
                            tools.retries(time.cancellation()).within(time),
                            guard)
                    .run(results);
        }
    }

    private Step find(CompiledStep step) {
        return CoreSteps.find(step.key())
                .or(() -> parts.tools().engines().step(step.key()))
                .orElseThrow(() -> new EngineException(
                        Problem.of(PlanCode.NO_ENGINE, "No engine at hand knows the step " + step.key())));
    }
}
