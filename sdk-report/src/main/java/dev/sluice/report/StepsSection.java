// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.report;

import dev.sluice.api.document.Document;
import java.time.Instant;
import java.util.List;

/** The steps of each part, on its own time, and what was done in them. */
final class StepsSection {
    private final Html html;

    StepsSection(Html html) {
        this.html = html;
    }

    void draw(List<Part> parts) {
        List<Part> withSteps =
                parts.stream().filter(part -> !part.steps().isEmpty()).toList();
        if (withSteps.isEmpty()) {
            return;
        }
        html.open("section").element("h2", "Steps");
        withSteps.forEach(this::part);
        html.close();
    }

    private void part(Part part) {
        List<Document> steps = part.steps();
        if (!part.isOnly()) {
            html.element("h3", part.title());
        }
        Instant first = Instant.parse(steps.get(0).text("began"));
        new Timeline(
                        part.caption("Steps over time"),
                        steps,
                        part.began().orElse(first),
                        part.ended().orElse(first))
                .draw(html);
        html.element(part.isOnly() ? "h3" : "h4", "What was done and seen");
        steps.forEach(this::step);
    }

    private void step(Document step) {
        html.open("details").element("summary", step.text("title"));
        html.element("p", step.findText("evidence").orElse("not ended"));
        for (Document operation : step.list("operations", one -> one)) {
            html.element(
                    "p",
                    operation.text("purpose") + " (" + Shown.words(operation.text("target")) + ", "
                            + Shown.millis(operation.number("tookMillis")) + ")");
            html.element("pre", String.join("\n", operation.texts("preview")), "tabindex", "0");
        }
        html.close();
    }
}
