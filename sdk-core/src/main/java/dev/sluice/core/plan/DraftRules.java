// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.Slot;
import dev.sluice.api.spi.StepContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold between the steps of one plan: consents are given, and slots are filled before they are needed. */
final class DraftRules {
    private DraftRules() {}

    static List<Problem> problems(StepContext context, List<CompiledStep> steps) {
        List<Problem> problems = new ArrayList<>();
        Set<Slot<?>> filled = new HashSet<>();
        if (startsFromCoordinates(context)) {
            filled.add(Slot.SNAPSHOT_COORDINATES);
        }
        for (CompiledStep step : steps) {
            for (Operation operation : step.operations()) {
                checkConsent(context, step, operation, problems);
                checkSlots(step, operation, filled, problems);
                filled.addAll(operation.fills());
            }
        }
        return problems;
    }

    private static boolean startsFromCoordinates(StepContext context) {
        return context.plan() instanceof dev.sluice.api.plan.ReplicationPlan plan
                && (plan.start().isPresent() || context.alreadyReplicating());
    }

    private static void checkConsent(
            StepContext context, CompiledStep step, Operation operation, List<Problem> problems) {
        operation
                .info()
                .consent()
                .filter(consent -> !context.allows(consent))
                .ifPresent(consent -> problems.add(Problem.of(
                        PlanCode.CONSENT_MISSING,
                        "The step '" + step.row().title() + "' would "
                                + operation.info().purpose() + ", which the plan does not allow",
                        "Add ." + consent.method() + " to the plan if that is acceptable")));
    }

    private static void checkSlots(
            CompiledStep step, Operation operation, Set<Slot<?>> filled, List<Problem> problems) {
        for (Slot<?> slot : operation.needs()) {
            if (!filled.contains(slot)) {
                problems.add(Problem.of(
                        PlanCode.SLOT_UNFILLED,
                        "The step " + step.key() + " needs the " + slot.label() + ", which no earlier step finds out"));
            }
        }
    }
}
