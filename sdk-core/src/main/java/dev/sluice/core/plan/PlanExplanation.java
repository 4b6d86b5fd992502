// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.compiled.Explanation;

/** The three forms of one explanation; each reads the compiled steps, so that none says more or less than another. */
record PlanExplanation(CompiledPlan compiled) implements Explanation {
    @Override
    public String text() {
        return new TextExplanation(compiled).render();
    }

    @Override
    public String markdown() {
        return new MarkdownExplanation(compiled).render();
    }

    @Override
    public String json() {
        return new JsonExplanation(compiled).render();
    }

    @Override
    public String toString() {
        return text();
    }
}
