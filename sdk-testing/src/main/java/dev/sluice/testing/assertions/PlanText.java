// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.assertions;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.plan.GuideStep;
import java.util.List;
import java.util.stream.Collectors;

/** What a failing message shows of a compiled plan. */
final class PlanText {
    /** A comparison of a hundred tables is one statement in a preview. */
    private static final int LONGEST = 160;

    private static final String CUT = " …";

    private PlanText() {}

    /** Each row with what it does, cut where it is long, or why it does nothing. */
    static String of(CompiledPlan compiled) {
        return compiled.steps().stream().map(PlanText::of).collect(Collectors.joining());
    }

    static String of(CompiledStep step) {
        StringBuilder text = new StringBuilder("  ").append(step.row()).append('\n');
        List<Operation> operations = step.operations();
        if (operations.isEmpty()) {
            text.append("      nothing: ").append(whyNothing(step)).append('\n');
        }
        for (Operation operation : operations) {
            text.append("      ")
                    .append(operation.info().target())
                    .append(": ")
                    .append(cut(String.join("; ", operation.preview())));
            operation
                    .info()
                    .consent()
                    .ifPresent(
                            consent -> text.append("  [needs ").append(consent).append(']'));
            text.append('\n');
        }
        return text.toString();
    }

    /** The rows that have something to do, and no more. */
    static String rows(CompiledPlan compiled) {
        return compiled.steps().stream()
                .filter(step -> !step.operations().isEmpty())
                .map(step -> step.row().name())
                .collect(Collectors.joining(", "));
    }

    /** A row that has nothing to do, with the reason if the plan gives one. */
    static String missing(CompiledPlan compiled, GuideStep row) {
        return row
                + compiled.steps().stream()
                        .filter(step -> step.row() == row)
                        .findFirst()
                        .map(step -> ", which has nothing to do: " + whyNothing(step))
                        .orElse(", which is none of the plan's");
    }

    private static String whyNothing(CompiledStep step) {
        return cut(String.join(" ", step.notes()));
    }

    /** What stands at the beginning. */
    static String cut(String text) {
        String line = text.replaceAll("\\s*\\n\\s*", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + CUT;
    }

    /** What stands before and after a part of it. */
    static String cut(String text, String part) {
        int from = Math.max(0, text.indexOf(part) - LONGEST / 2);
        int to = Math.min(text.length(), from + part.length() + LONGEST);
        return (from > 0 ? "… " : "") + text.substring(from, to) + (to < text.length() ? CUT : "");
    }
}
