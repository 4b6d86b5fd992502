// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Target;

/**
 * Looks that the servers of a run are those with which its plan was compiled: what was journaled about one server says nothing about another.
 * A replica that failovers move may be another one.
 */
record SameServers(CompiledPlan compiled) {
    /** @throws StepRefusedException OTHER_SERVER */
    void requireSource(RunServers servers) {
        compiled.sourceFacts().ifPresent(source -> require(servers, Target.SOURCE, source));
    }

    /** @throws StepRefusedException OTHER_SERVER */
    void requireReplica(RunServers servers) {
        boolean mayMove = servers.engine(Target.REPLICA).failovers().isPresent();
        if (!mayMove && !compiled.replicaFacts().isExpected()) {
            require(servers, Target.REPLICA, compiled.replicaFacts());
        }
    }

    private static void require(RunServers servers, Target target, ServerFacts facts) {
        boolean isKnown = servers.engine(target).access().isEmpty()
                && !facts.isExpected()
                && !facts.serverUuid().isEmpty();
        if (!isKnown) {
            return;
        }
        String now = servers.link(target)
                .session()
                .queryValue("SELECT @@GLOBAL.server_uuid")
                .orElse("");
        if (!now.equalsIgnoreCase(facts.serverUuid())) {
            throw new StepRefusedException(Problem.of(
                    RunCode.OTHER_SERVER,
                    servers.label(target) + " has the server UUID " + now + ", and had " + facts.serverUuid()
                            + " when the run was started"));
        }
    }
}
