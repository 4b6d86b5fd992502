// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.docs;

import dev.sluice.api.plan.GuideStep;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A page of the reference of statements: each row of the guide, with what is done there, case by case, each different text once. */
final class StatementsPage {
    private final StepTexts texts;
    private final Predicate<StepTexts.Told> belongs;
    private final Function<List<String>, String> caption;

    /**
     * A page.
     *
     * @param belongs which texts are its own
     * @param caption how the page calls servers of these labels
     */
    StatementsPage(StepTexts texts, Predicate<StepTexts.Told> belongs, Function<List<String>, String> caption) {
        this.texts = texts;
        this.belongs = belongs;
        this.caption = caption;
    }

    /** Whether the page shows anything that is done in a row. */
    boolean does(GuideStep row) {
        return texts.of(row).stream().anyMatch(told -> told.acts() && belongs.test(told));
    }

    String render() {
        StringBuilder page = new StringBuilder("\n");
        for (GuideStep row : GuideStep.values()) {
            if (does(row)) {
                page.append("## ").append(row.title()).append("\n\n");
                cases(row).forEach((name, told) -> append(page, name, told));
            }
        }
        return page.toString();
    }

    /** By case; what a server does in the same way in an earlier case is left out. */
    private Map<String, List<StepTexts.Told>> cases(GuideStep row) {
        Set<String> shown = new HashSet<>();
        return texts.of(row).stream()
                .filter(belongs)
                .filter(StepTexts.Told::acts)
                .filter(told -> shown.add(told.server() + told.text()))
                .collect(Collectors.groupingBy(StepTexts.Told::stepCase, LinkedHashMap::new, Collectors.toList()));
    }

    private void append(StringBuilder page, String name, List<StepTexts.Told> told) {
        Map<String, List<String>> servers = told.stream()
                .collect(Collectors.groupingBy(
                        StepTexts.Told::text,
                        LinkedHashMap::new,
                        Collectors.mapping(StepTexts.Told::server, Collectors.toList())));
        servers.forEach((text, which) -> page.append("**")
                .append(name)
                .append("**, ")
                .append(caption.apply(which))
                .append(":\n\n```text\n")
                .append(text)
                .append("```\n\n"));
    }
}
