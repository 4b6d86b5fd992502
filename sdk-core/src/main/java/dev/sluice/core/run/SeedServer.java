// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.run.RunId;
import dev.sluice.api.spi.SeedOffer;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.plan.Engines;
import dev.sluice.core.plan.PlanContext;
import java.util.Optional;
import java.util.function.Function;

/**
 * The temporary server of a compiled plan: that of the way to snapshot the source that it has chosen, or of another of its steps.
 *
 * @param engines know the way by its step
 * @param compiled the plan
 * @param run whose server it is
 * @param told what people have told of an action, by its id
 */
record SeedServer(Engines engines, CompiledPlan compiled, RunId run, Function<String, Optional<String>> told) {
    /**
     * Where it is.
     *
     * @throws IllegalStateException if that way has none
     */
    Endpoint endpoint() {
        return compiled.steps().stream()
                .filter(step -> step.row() == GuideStep.SNAPSHOT)
                .map(CompiledStep::key)
                .flatMap(key -> engines.offer(key).stream().map(offer -> endpoint(offer, key)))
                .flatMap(Optional::stream)
                .findFirst()
                .or(this::ofAnotherStep)
                .orElseThrow(() -> new IllegalStateException("The plan reads from no temporary server"));
    }

    private Optional<Endpoint> endpoint(SeedOffer offer, StepKey key) {
        return offer.server(PlanContext.of(compiled), run, operation -> told.apply(Waiting.actionId(key, operation)));
    }

    private Optional<Endpoint> ofAnotherStep() {
        return compiled.steps().stream()
                .flatMap(step -> engines.step(step.key()).stream())
                .flatMap(step -> step.temporaryServer(PlanContext.of(compiled), run).stream())
                .findFirst();
    }
}
