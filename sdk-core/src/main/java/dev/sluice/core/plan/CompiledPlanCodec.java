// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.document.Document;
import dev.sluice.api.error.EngineException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.Positioning;
import dev.sluice.api.spi.StepKey;
import java.time.Duration;
import java.util.List;

/** Compiled plans as documents: what journals hold and what a resumed run carries out. */
public final class CompiledPlanCodec {
    private static final long VERSION = 1;

    private final Engines engines;
    private final PlanCodec plans;

    public CompiledPlanCodec(Engines engines) {
        this.engines = engines;
        this.plans = new PlanCodec(engines);
    }

    public Document write(CompiledPlan compiled) {
        return Document.empty()
                .with("version", VERSION)
                .with("fingerprint", compiled.fingerprint())
                .with("plan", plans.write(compiled.plan()))
                .with("source", compiled.sourceFacts().map(FactsCodec::write).orElse(null))
                .with("replica", FactsCodec.write(compiled.replicaFacts()))
                .with("positioning", compiled.positioning().name())
                .withAll(
                        "steps",
                        compiled.steps().stream()
                                .map(CompiledPlanCodec::writeStep)
                                .toList());
    }

    /**
     * Reads what {@link #write} wrote, now or in an earlier release.
     *
     * @throws EngineException if a step is not known to any engine at hand
     */
    public CompiledPlan read(Document document) {
        if (document.number("version") != VERSION) {
            throw new IllegalArgumentException(
                    "A compiled plan of version " + document.number("version") + " is not known");
        }
        List<CompiledStep> steps = document.list("steps", CompiledPlanCodec::readStep);
        requireKnown(steps);
        CompiledPlan read = new CompiledPlanValue(
                plans.read(document.document("plan")),
                document.findDocument("source").map(FactsCodec::read).orElse(null),
                FactsCodec.read(document.document("replica")),
                Positioning.valueOf(document.text("positioning")),
                steps,
                document.text("fingerprint"));
        if (!Fingerprint.of(read).equals(read.fingerprint())) {
            throw new IllegalArgumentException(
                    "The stored plan does not have the fingerprint that it names: it was altered");
        }
        return read;
    }

    private void requireKnown(List<CompiledStep> steps) {
        for (CompiledStep step : steps) {
            if (CoreSteps.find(step.key()).isEmpty() && engines.step(step.key()).isEmpty()) {
                throw new EngineException(
                        Problem.of(PlanCode.NO_ENGINE, "No engine at hand knows the step " + step.key()));
            }
        }
    }

    static Document writeStep(CompiledStep step) {
        return Document.empty()
                .with("key", step.key().toString())
                .with("row", step.row().name())
                .withAll(
                        "operations",
                        step.operations().stream().map(OperationCodec::write).toList())
                .withTexts("notes", step.notes())
                .with("deadline", step.deadline().toString());
    }

    private static CompiledStep readStep(Document document) {
        return new CompiledStep(
                StepKey.parse(document.text("key")),
                GuideStep.valueOf(document.text("row")),
                document.list("operations", OperationCodec::read),
                document.texts("notes"),
                Duration.parse(document.text("deadline")));
    }
}
