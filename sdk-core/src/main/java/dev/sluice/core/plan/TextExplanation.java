// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.Undo;

/** The explanation for a terminal. */
final class TextExplanation {
    private final CompiledPlan compiled;
    private final StringBuilder out = new StringBuilder();

    TextExplanation(CompiledPlan compiled) {
        this.compiled = compiled;
    }

    String render() {
        line(Headline.title(compiled));
        Headline.facts(compiled).forEach(fact -> line("  " + fact));
        int number = 1;
        for (CompiledStep step : compiled.steps()) {
            line("");
            line(number++ + ". " + step.row().title() + "  [" + step.key() + "]");
            step.operations().forEach(this::operation);
            step.notes().forEach(note -> line("   - " + note));
        }
        return out.toString();
    }

    private void operation(Operation operation) {
        line("   " + Headline.where(operation) + ", to " + operation.info().purpose()
                + (operation.info().consent().isPresent() ? "  (disruptive, allowed by name)" : "") + ":");
        for (String statement : operation.preview()) {
            statement.lines().forEach(text -> line("       " + text));
        }
        for (Undo undo : operation.info().undos()) {
            line("     " + Headline.undo(undo));
        }
    }

    private void line(String text) {
        out.append(text.stripTrailing()).append('\n');
    }
}
