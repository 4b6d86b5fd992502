// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.demo;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.operation.Operation;
import java.util.ArrayList;
import java.util.List;

/** A preview as a first viewer wants it: each step with its first statements, none longer than a line. {@code explain()} has all of it. */
record PreviewText(CompiledPlan compiled) {
    private static final int WIDTH = 110;
    private static final int MOST_OPERATIONS = 3;

    /** A call of a provider's API is shown in two ways. */
    private static final int MOST_WAYS = 2;

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        // From where to where.
        compiled.explain().text().lines().limit(1).map(first -> "  " + first).forEach(lines::add);
        int number = 0;
        for (CompiledStep step : compiled.steps()) {
            number++;
            lines.add(String.format("  %2d. %s", number, step.row().title()));
            lines.addAll(lines(step));
        }
        return lines;
    }

    private static List<String> lines(CompiledStep step) {
        List<Operation> operations = step.operations();
        if (operations.isEmpty()) {
            return List.of(line("nothing to do: " + String.join(" ", step.notes())));
        }
        List<String> lines = new ArrayList<>();
        operations.stream().limit(MOST_OPERATIONS).map(PreviewText::line).forEach(lines::add);
        if (operations.size() > MOST_OPERATIONS) {
            lines.add(line("… and " + (operations.size() - MOST_OPERATIONS) + " more"));
        }
        return lines;
    }

    /** A statement as it is; of what takes many, such as a copy, what it is for. */
    private static String line(Operation operation) {
        List<String> preview = operation.preview();
        return line(
                preview.size() > MOST_WAYS
                        ? operation.info().purpose() + " (" + preview.size() + " statements)"
                        : preview.get(0));
    }

    private static String line(String text) {
        String one = text.replaceAll("\\s*\\n\\s*", " ");
        return "        " + (one.length() <= WIDTH ? one : one.substring(0, WIDTH) + " …");
    }
}
