// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.CheckDescription;
import dev.sluice.api.spi.Check;
import dev.sluice.api.spi.Engine;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Which checks there are, and whether a plan may leave out those that it does. */
final class SkippedChecks {
    private SkippedChecks() {}

    /** Two engines may have one check in common. */
    static List<CheckDescription> known(FactsRules rules, Engines engines) {
        Map<String, CheckDescription> known = new LinkedHashMap<>();
        rules.checks().forEach(check -> known.put(check.id(), check));
        engines.all().stream()
                .flatMap(SkippedChecks::of)
                .forEach(check -> known.putIfAbsent(
                        check.id(),
                        new CheckDescription(check.id(), check.level(), check.code(), check.canBeSkipped())));
        return List.copyOf(known.values());
    }

    private static Stream<Check> of(Engine engine) {
        return Stream.concat(engine.sourceChecks().stream(), engine.replicaChecks().stream());
    }

    static List<Problem> problems(Collection<String> skipped, List<CheckDescription> known) {
        return skipped.stream()
                .sorted()
                .flatMap(id -> problem(id, known).stream())
                .toList();
    }

    private static Optional<Problem> problem(String id, List<CheckDescription> known) {
        Optional<CheckDescription> check =
                known.stream().filter(one -> one.id().equals(id)).findFirst();
        if (check.isEmpty()) {
            return Optional.of(Problem.of(PlanCode.CHECK_UNKNOWN, "There is no check " + id));
        }
        return check.get().canBeSkipped()
                ? Optional.empty()
                : Optional.of(Problem.of(
                        PlanCode.CHECK_NOT_SKIPPABLE,
                        "The check " + id + " is always made: "
                                + check.get().code().meaning()));
    }
}
