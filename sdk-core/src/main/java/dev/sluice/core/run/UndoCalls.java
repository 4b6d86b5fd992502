// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepOutcomeUnknownException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.run.RunId;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Plays undos that are calls of a management API. The call itself sees to it that only what the run has made is removed, and may be made
 * again, so that one whose answer was lost is simply repeated. Without credentials it is for a person.
 *
 * @param callers make calls for a server of the plan; empty if its engine has no credentials
 * @param run whose id is in the names of what it made
 */
record UndoCalls(Function<Target, Optional<Consumer<ControlPlaneOperation>>> callers, RunId run) {
    UndoPlayer.Verdict play(ControlPlaneOperation compiled) {
        ControlPlaneOperation call = compiled.of(run);
        Optional<Consumer<ControlPlaneOperation>> caller =
                callers.apply(call.info().target());
        if (caller.isEmpty()) {
            return UndoPlayer.Verdict.byHand(call);
        }
        try {
            caller.get().accept(call);
            return UndoPlayer.Verdict.UNDONE;
        } catch (StepOutcomeUnknownException lost) {
            Problem problem = lost.problems().get(0);
            throw new StepUnavailableException(problem, lost);
        }
    }
}
