// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.report;

import dev.sluice.api.document.Document;
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
        if (!part.isOnly()) {
            html.element("h3", part.title());
        }
        new Timeline(part).draw(html);
        html.element(part.isOnly() ? "h3" : "h4", "What was done and seen");
        List<Document> steps = part.steps();
        for (int i = 0; i < steps.size(); i++) {
            step(steps.get(i), part.anchor(i));
        }
    }

    private void step(Document step, String anchor) {
        if (step.findText("outcome").filter("FAILED"::equals).isPresent()) {
            html.open("details", "id", anchor, "open", "");
        } else {
            html.open("details", "id", anchor);
        }
        html.element("summary", step.text("title"));
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
