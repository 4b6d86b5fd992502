// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.run;

import dev.sluice.api.plan.GuideStep;
import java.time.Duration;
import java.util.List;

/**
 * What became of one step. Immutable and thread-safe.
 *
 * @param row the row of the guide
 * @param outcome what became of it
 * @param operationsDone the ids of the operations that changed something
 * @param evidence what was last seen on the servers
 * @param took how long it took
 */
public record StepResult(GuideStep row, Outcome outcome, List<String> operationsDone, String evidence, Duration took) {
    /** What became of a step. */
    public enum Outcome {
        /** The servers were as they should be; nothing was done. */
        ALREADY_DONE,
        /** Done, and confirmed by looking. */
        DONE,
        /** It failed. */
        FAILED,
        /** The run ended before it. */
        NOT_REACHED
    }

    public StepResult {
        operationsDone = List.copyOf(operationsDone);
    }
}
