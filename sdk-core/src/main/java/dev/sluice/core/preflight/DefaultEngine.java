// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.StepContext;
import java.util.ArrayList;
import java.util.List;

/** Tables that are created without an engine become InnoDB tables. */
final class DefaultEngine implements FactsRule {
    @Override
    public String id() {
        return "default-engine";
    }

    @Override
    public ErrorCode code() {
        return RuleCode.DEFAULT_ENGINE;
    }

    @Override
    public Level level() {
        return Level.WARNING;
    }

    @Override
    public List<Problem> problems(StepContext context) {
        List<Problem> problems = new ArrayList<>();
        look(Labels.source(context), context.source(), problems);
        look(Labels.replica(context), context.replica(), problems);
        return problems;
    }

    private void look(String label, ServerFacts server, List<Problem> problems) {
        server.variable("default_storage_engine")
                .filter(engine -> !engine.equalsIgnoreCase("InnoDB"))
                .ifPresent(engine -> problems.add(
                        Problem.of(code(), Labels.capital(label) + " has default_storage_engine=" + engine)));
    }
}
