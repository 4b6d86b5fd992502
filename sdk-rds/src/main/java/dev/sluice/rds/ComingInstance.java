// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.api.endpoint.SourceEndpoint;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.rds.aws.AwsEndpoint;
import dev.sluice.rds.aws.GroupOwner;
import dev.sluice.rds.aws.MadeFrom;
import dev.sluice.rds.aws.MadeInstances;
import dev.sluice.rds.aws.RdsLooks;
import dev.sluice.rds.managed.CreationCode;
import dev.sluice.rds.managed.ManagedGroups;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Whether the instance that a plan creates is still to come, and what it will be like. */
record ComingInstance(MadeInstances made, RdsLooks looks, ManagedGroups groups) {
    /**
     * Its facts; empty if it is there, made by a run from this very source.
     *
     * @throws StepRefusedException if something else has its name, or its parameter group is not there
     */
    Optional<ServerFacts> facts(NewRdsInstance replica, SourceEndpoint from, ServerFacts source) {
        Optional<MadeFrom> there = made.find(replica.place(), replica.instanceIdentifier());
        if (there.isEmpty()) {
            return Optional.of(expected(replica, source));
        }
        if (!there.get().isFrom(tag(from))) {
            throw new StepRefusedException(Problem.of(
                    CreationCode.NAME_TAKEN,
                    "The instance " + replica.label() + " is there, and its tags name "
                            + (there.get().source().isEmpty()
                                    ? "no source"
                                    : "the source " + there.get().source())));
        }
        return Optional.empty();
    }

    private static String tag(SourceEndpoint from) {
        return from instanceof AwsEndpoint known ? MadeFrom.source(known.place(), known.identifier()) : from.label();
    }

    private ServerFacts expected(NewRdsInstance replica, ServerFacts source) {
        ServerFacts copy = source.expectedOfCopy(RdsEngine.ID);
        return replica.shape()
                .parameterGroup()
                .map(group -> withGroup(copy, replica, group))
                .orElse(copy);
    }

    private ServerFacts withGroup(ServerFacts copy, NewRdsInstance replica, String group) {
        GroupOwner owner = GroupOwner.instance(replica.place(), replica.instanceIdentifier());
        Map<String, String> set = looks.parameters(owner, group)
                .orElseThrow(() -> new StepRefusedException(Problem.of(
                        CreationCode.GROUP_UNFIT, "The parameter group " + group + " is not in " + replica.place())));
        Map<String, String> variables = new HashMap<>(groups.attached(group));
        variables.put("gtid_mode", set.getOrDefault("gtid-mode", "OFF"));
        variables.put("enforce_gtid_consistency", set.getOrDefault("enforce_gtid_consistency", "OFF"));
        String usual = copy.version().isAtLeast(8, 0, 0) ? "ON" : "OFF";
        variables.put("event_scheduler", set.getOrDefault("event_scheduler", usual));
        return copy.plusVariables(variables);
    }
}
