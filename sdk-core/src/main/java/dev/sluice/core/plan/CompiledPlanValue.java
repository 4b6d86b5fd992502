// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.compiled.Explanation;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.Positioning;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one implementation of a compiled plan.
 *
 * @param sourceOrNull the source's facts, or null for an end plan without a source
 */
record CompiledPlanValue(
        Plan plan,
        @Nullable ServerFacts sourceOrNull,
        ServerFacts replicaFacts,
        Positioning positioning,
        List<CompiledStep> steps,
        String fingerprint)
        implements CompiledPlan {
    CompiledPlanValue {
        steps = List.copyOf(steps);
    }

    @Override
    public Optional<ServerFacts> sourceFacts() {
        return Optional.ofNullable(sourceOrNull);
    }

    @Override
    public Explanation explain() {
        return new PlanExplanation(this);
    }
}
