// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.StepContext;
import java.util.List;
import java.util.stream.Stream;

/** A source that is itself a replica commits in its own source's order. */
final class RelayOrder implements FactsRule {
    @Override
    public String id() {
        return "relay-order";
    }

    @Override
    public ErrorCode code() {
        return RuleCode.RELAY_ORDER;
    }

    @Override
    public Level level() {
        return Level.WARNING;
    }

    @Override
    public List<Problem> problems(StepContext context) {
        ServerFacts source = context.source();
        if (source.channels().isEmpty() || !appliesInParallel(source) || keepsOrder(source)) {
            return List.of();
        }
        return List.of(Problem.of(
                code(),
                Labels.capital(Labels.source(context))
                        + " applies what it receives with several workers that commit in any order"));
    }

    private static boolean appliesInParallel(ServerFacts server) {
        return Stream.of("replica_parallel_workers", "slave_parallel_workers")
                .flatMap(name -> server.variable(name).stream())
                .anyMatch(workers -> !workers.equals("0") && !workers.equals("1"));
    }

    private static boolean keepsOrder(ServerFacts server) {
        return server.isOn("replica_preserve_commit_order") || server.isOn("slave_preserve_commit_order");
    }
}
