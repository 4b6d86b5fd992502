// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.spi.StepContext;
import java.util.List;

/** What a source receives as a replica gets into its own binary log. */
final class RelayNotLogged implements FactsRule {
    @Override
    public String id() {
        return "relay-not-logged";
    }

    @Override
    public ErrorCode code() {
        return RuleCode.RELAY_NOT_LOGGED;
    }

    @Override
    public List<Problem> problems(StepContext context) {
        ServerFacts source = context.source();
        if (source.channels().isEmpty()
                || source.isOn("log_replica_updates")
                || source.isOn("log_slave_updates")
                || !PlanReach.replicates(context)) {
            return List.of();
        }
        return List.of(Problem.of(
                code(),
                Labels.capital(Labels.source(context)) + " replicates from "
                        + source.channels().get(0).sourceHost() + ":"
                        + source.channels().get(0).sourcePort()
                        + " and does not log what it receives: log_replica_updates is off"));
    }
}
