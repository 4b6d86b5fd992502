// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.operation.Target;
import dev.sluice.api.run.StepResult;
import dev.sluice.core.mysql.Cancellation;
import java.time.Duration;
import java.util.List;

/**
 * Closes a run whose steps were all done before its process died. No step looks again, since somebody may have built on what they did; only what
 * was to be there for a while is taken back. Where nothing of that is left no server is asked.
 *
 * @param parts of the run
 * @param ending of the run
 */
record LateClosing(RunParts parts, RunEnding ending) {
    void close(Cancellation cancellation, Runnable replicaIsLost) {
        UndoList undos = parts.undos();
        ending.voidUndos();
        if (undos.isSettled()) {
            return;
        }
        TakeOver takeOver = new TakeOver(parts);
        if (takeOver.isPassedOn()) {
            undos.leave(Target.REPLICA, "another run has worked on the replica since");
        }
        try (RunServers servers = parts.servers(cancellation)) {
            takeOver.endOtherProcess(servers, cancellation);
            try (Claim claim = parts.claim(servers, cancellation, replicaIsLost)) {
                ending.undoTemporary(claim);
            }
        }
    }

    /** Of all steps. */
    List<StepResult> results() {
        return parts.compiled().steps().stream().map(LateClosing::doneBefore).toList();
    }

    private static StepResult doneBefore(CompiledStep step) {
        return new StepResult(
                step.row(),
                StepResult.Outcome.ALREADY_DONE,
                List.of(),
                "done before the run was resumed, as all others were",
                Duration.ZERO);
    }
}
