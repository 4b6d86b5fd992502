// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.Undo;
import java.util.List;

/** The explanation as a runbook. */
final class MarkdownExplanation {
    private final CompiledPlan compiled;
    private final StringBuilder out = new StringBuilder();

    MarkdownExplanation(CompiledPlan compiled) {
        this.compiled = compiled;
    }

    String render() {
        line("# " + escaped(Headline.title(compiled)));
        line("");
        Headline.facts(compiled).forEach(fact -> line("- " + escaped(fact)));
        int number = 1;
        for (CompiledStep step : compiled.steps()) {
            line("");
            line("## " + number++ + ". " + step.row().title());
            line("");
            line("- [ ] `" + step.key() + "`");
            step.operations().forEach(this::operation);
            if (!step.notes().isEmpty()) {
                line("");
                step.notes().forEach(note -> line("- " + escaped(note)));
            }
        }
        return out.toString();
    }

    private void operation(Operation operation) {
        line("");
        line("To " + escaped(operation.info().purpose()) + ", " + Headline.where(operation) + ":");
        block(operation.preview());
        for (Undo undo : operation.info().undos()) {
            line("");
            line("Undo, " + escaped(undo.purpose()) + ":");
            block(undo.preview());
        }
    }

    /** The fence is longer than any run of backticks inside, since statements quote names with them. */
    private void block(List<String> statements) {
        String all = String.join("\n", statements);
        String fence = "```";
        while (all.contains(fence)) {
            fence += "`";
        }
        line("");
        line(fence + "sql");
        line(all);
        line(fence);
    }

    private static String escaped(String text) {
        return text.replaceAll("([\\\\`*_\\[\\]<>#|])", "\\\\$1");
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
