// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Everything that steps say they would do, as text for comparison with stored files. */
final class PreviewText {
    private PreviewText() {}

    static String of(StepContext context, List<GuideStep> rows) {
        StringBuilder text = new StringBuilder();
        ExternalEngine engine = ExternalEngine.create();
        Stream.concat(engine.sourceSteps().stream(), engine.replicaSteps().stream())
                .filter(step -> rows.contains(step.row()))
                .sorted(Comparator.comparing(Step::row))
                .forEach(step -> append(text, step, step.compile(context)));
        return text.toString();
    }

    private static void append(StringBuilder text, Step step, StepDraft draft) {
        text.append("== ")
                .append(step.row().title())
                .append(" [")
                .append(step.key())
                .append("]\n");
        draft.problems()
                .forEach(problem -> text.append("PROBLEM ").append(problem).append('\n'));
        draft.operations().forEach(operation -> append(text, operation));
        draft.privileges()
                .forEach(privilege -> text.append("needs ")
                        .append(privilege.target())
                        .append(' ')
                        .append(privilege.anyOf())
                        .append(' ')
                        .append(privilege.reason())
                        .append('\n'));
        draft.notes().forEach(note -> text.append("note ").append(note).append('\n'));
        text.append('\n');
    }

    private static void append(StringBuilder text, Operation operation) {
        text.append(operation.id())
                .append(" on ")
                .append(operation.info().target())
                .append(": ")
                .append(operation.info().purpose());
        operation
                .info()
                .consent()
                .ifPresent(consent -> text.append(" (").append(consent).append(')'));
        text.append('\n');
        operation.preview().forEach(line -> text.append("    ").append(line).append('\n'));
        operation.info().undos().forEach(undo -> append(text, undo));
    }

    private static void append(StringBuilder text, Undo undo) {
        text.append("  undo ")
                .append(undo.scope())
                .append(", ")
                .append(undo.purpose())
                .append(":\n    ")
                .append(undo.statement().preview())
                .append('\n');
        undo.onlyIf()
                .ifPresent(only -> text.append("    only if ")
                        .append(only.query())
                        .append(" = ")
                        .append(only.expected())
                        .append('\n'));
    }
}
