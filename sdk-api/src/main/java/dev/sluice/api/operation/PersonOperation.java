// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.operation;

import java.time.Duration;
import java.util.List;

/**
 * Something that only a person can do, such as a restart with other settings. The run waits until the server shows that it was
 * done; where no server can show it, until somebody confirms. Immutable and thread-safe.
 *
 * @param info what all operations have
 * @param instructions what to do, line by line, exactly
 * @param deadline the longest wait, after which the run fails; see {@link dev.sluice.api.run.RunState#FAILED}
 */
public record PersonOperation(OperationInfo info, List<String> instructions, Duration deadline) implements Operation {
    /** How long a run waits for a person where the plan does not say. */
    public static final Duration DEFAULT_DEADLINE = Duration.ofDays(7);

    public PersonOperation {
        instructions = List.copyOf(instructions);
    }

    @Override
    public List<String> preview() {
        return instructions;
    }
}
