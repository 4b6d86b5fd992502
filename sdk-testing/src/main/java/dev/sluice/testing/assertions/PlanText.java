// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.assertions;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.operation.Operation;
import java.util.List;
import java.util.stream.Collectors;

/** What a failing message shows of a compiled plan. */
final class PlanText {
    private PlanText() {}

    /** Each row with what it does, or why it does nothing. */
    static String of(CompiledPlan compiled) {
        return compiled.steps().stream().map(PlanText::of).collect(Collectors.joining());
    }

    static String of(CompiledStep step) {
        StringBuilder text = new StringBuilder("  ").append(step.row()).append('\n');
        List<Operation> operations = step.operations();
        if (operations.isEmpty()) {
            text.append("      nothing: ")
                    .append(String.join(" ", step.notes()))
                    .append('\n');
        }
        for (Operation operation : operations) {
            text.append("      ")
                    .append(operation.info().target())
                    .append(": ")
                    .append(String.join("; ", operation.preview()));
            operation
                    .info()
                    .consent()
                    .ifPresent(
                            consent -> text.append("  [needs ").append(consent).append(']'));
            text.append('\n');
        }
        return text.toString();
    }
}
