// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.endpoint.SourceEndpoint;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.rds.aws.AwsEndpoint;
import dev.sluice.rds.aws.GroupOwner;
import dev.sluice.rds.aws.MadeClusters;
import dev.sluice.rds.aws.MadeClusters.Made;
import dev.sluice.rds.aws.MadeFrom;
import dev.sluice.rds.aws.RdsLooks;
import dev.sluice.rds.managed.CreationCode;
import dev.sluice.rds.managed.ManagedGroups;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether the cluster that a plan creates is still to come, and what it will be like. */
record ComingCluster(MadeClusters made, RdsLooks looks, ManagedGroups groups) {
    private static final Set<String> LOGGING = Set.of("ROW", "MIXED", "STATEMENT");

    /**
     * Its facts; empty if it is there, made by a run from this very source.
     *
     * @throws StepRefusedException if something else has its name, or its parameter group does not do
     */
    Optional<ServerFacts> facts(NewAuroraCluster replica, SourceEndpoint from, ServerFacts source) {
        return isThere(made, replica, from) ? Optional.empty() : Optional.of(expected(replica, source));
    }

    /**
     * Whether a cluster of this name is there.
     *
     * @throws StepRefusedException if no run has made it from this source
     */
    static boolean isThere(MadeClusters made, AuroraCluster replica, SourceEndpoint from) {
        Optional<Made> there = made.find(replica.place(), replica.clusterIdentifier());
        if (there.isEmpty()) {
            return false;
        }
        MadeFrom by = there.get().made();
        if (!by.isFrom(tag(from))) {
            throw new StepRefusedException(Problem.of(
                    CreationCode.NAME_TAKEN,
                    "The cluster " + replica.label() + " is there, and its tags name "
                            + (by.source().isEmpty() ? "no source" : "the source " + by.source())));
        }
        return true;
    }

    private static String tag(SourceEndpoint from) {
        return from instanceof AwsEndpoint known ? MadeFrom.source(known.place(), known.identifier()) : from.label();
    }

    /** As far as it follows from its source. */
    static ServerFacts expected(ServerFacts source) {
        return source.engine().equals(AuroraEngine.ID)
                ? source.expectedOfCopy(AuroraEngine.ID)
                : new MigratedFacts(source).expected();
    }

    private ServerFacts expected(NewAuroraCluster replica, ServerFacts source) {
        ServerFacts copy = expected(source);
        return replica.shape()
                .parameterGroup()
                .map(group -> withGroup(copy, replica, group))
                .orElse(copy);
    }

    private ServerFacts withGroup(ServerFacts copy, NewAuroraCluster replica, String group) {
        GroupOwner owner = GroupOwner.cluster(replica.place(), replica.clusterIdentifier());
        Map<String, String> set = looks.parameters(owner, group)
                .orElseThrow(() -> unfit("The parameter group " + group + " is not in " + replica.place()));
        String format = set.getOrDefault("binlog_format", "OFF");
        if (!LOGGING.contains(format)) {
            throw unfit("The parameter group " + group + " has binlog_format=" + format);
        }
        return withSettings(copy, set).plusVariables(groups.attached(group));
    }

    /**
     * With what a cluster has by its parameter group.
     *
     * @param set what somebody has set there; AWS's defaults are well known
     */
    static ServerFacts withSettings(ServerFacts copy, Map<String, String> set) {
        Map<String, String> variables = new HashMap<>();
        variables.put("gtid_mode", set.getOrDefault("gtid-mode", "OFF"));
        variables.put("enforce_gtid_consistency", set.getOrDefault("enforce_gtid_consistency", "OFF"));
        String usual = copy.version().isAtLeast(8, 0, 0) ? "ON" : "OFF";
        variables.put("event_scheduler", set.getOrDefault("event_scheduler", usual));
        return copy.plusVariables(variables);
    }

    private static StepRefusedException unfit(String what) {
        return new StepRefusedException(Problem.of(CreationCode.GROUP_UNFIT, what));
    }
}
