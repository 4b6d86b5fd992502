// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.document.Document;
import dev.sluice.api.operation.Operation;
import dev.sluice.core.json.Json;

/** The explanation for programs. */
final class JsonExplanation {
    private final CompiledPlan compiled;

    JsonExplanation(CompiledPlan compiled) {
        this.compiled = compiled;
    }

    String render() {
        return Json.writePretty(Document.empty()
                .with("title", Headline.title(compiled))
                .withTexts("facts", Headline.facts(compiled))
                .with("fingerprint", compiled.fingerprint())
                .withAll(
                        "steps",
                        compiled.steps().stream().map(JsonExplanation::step).toList()));
    }

    private static Document step(CompiledStep step) {
        return Document.empty()
                .with("key", step.key().toString())
                .with("row", step.row().name())
                .with("title", step.row().title())
                .withAll(
                        "operations",
                        step.operations().stream()
                                .map(JsonExplanation::operation)
                                .toList())
                .withTexts("notes", step.notes())
                .with("deadline", step.deadline().toString());
    }

    private static Document operation(Operation operation) {
        return Document.empty()
                .with("id", operation.id())
                .with("target", operation.info().target().name())
                .with("purpose", operation.info().purpose())
                .with("change", operation.info().change().name())
                .with("consent", operation.info().consent().map(Enum::name).orElse(null))
                .withTexts("preview", operation.preview())
                .withTexts(
                        "undo",
                        operation.info().undos().stream().map(Headline::undo).toList());
    }
}
