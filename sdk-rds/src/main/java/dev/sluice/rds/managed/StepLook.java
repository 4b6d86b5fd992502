// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import java.util.Collection;
import java.util.List;

/** Turns what a step misses into the operations that it was compiled with. */
public final class StepLook {
    private StepLook() {}

    /**
     * The step's operations of these ids are missing.
     *
     * @throws StepRefusedException if the step was compiled without one of them: the server is not as it was then
     */
    public static Look missing(LiveContext context, String evidence, Collection<String> ids) {
        List<Operation> operations = context.step().operations().stream()
                .filter(operation -> ids.contains(operation.id()))
                .toList();
        if (operations.size() != ids.size()) {
            throw new StepRefusedException(Problem.of(
                    ManagedErrorCode.CHANGED_SINCE_COMPILED,
                    "The step '" + context.step().row().title()
                            + "' has nothing that would do for the server as it is now: " + evidence));
        }
        return Look.missing(evidence, operations);
    }
}
