// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.compiled;

import dev.sluice.api.operation.Operation;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.StepKey;
import java.time.Duration;
import java.util.List;

/**
 * A step for two particular servers. Immutable and thread-safe.
 *
 * @param key by what it is stored
 * @param row the row of the guide
 * @param operations what it does, in order, where it is not done already
 * @param notes what a reader should know
 * @param deadline the longest time it may take
 */
public record CompiledStep(
        StepKey key, GuideStep row, List<Operation> operations, List<String> notes, Duration deadline) {
    public CompiledStep {
        operations = List.copyOf(operations);
        notes = List.copyOf(notes);
    }
}
