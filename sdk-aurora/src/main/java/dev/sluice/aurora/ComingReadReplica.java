// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.endpoint.SourceEndpoint;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.rds.aws.GroupOwner;
import dev.sluice.rds.aws.MadeClusters;
import dev.sluice.rds.aws.RdsLooks;
import dev.sluice.rds.managed.CreationCode;
import java.util.Map;
import java.util.Optional;

/** Whether the read replica that a plan has AWS make is still to come, and what it will be like. */
record ComingReadReplica(MadeClusters made, RdsLooks looks) {
    /**
     * Its facts; empty if it is there, made by a run from this very source.
     *
     * @throws StepRefusedException if something else has its name, its parameter group does not exist, or it lacks a key
     */
    Optional<ServerFacts> facts(NewAuroraReadReplica replica, SourceEndpoint from, ServerFacts source) {
        if (ComingCluster.isThere(made, replica, from)) {
            return Optional.empty();
        }
        requireKey(replica, from);
        Map<String, String> set = replica.shape()
                .parameterGroup()
                .map(group -> parameters(replica, group))
                .orElse(Map.of());
        return Optional.of(ComingCluster.withSettings(expected(source), set));
    }

    /** As far as it follows from its source. It writes a binary log only if its group says so. */
    static ServerFacts expected(ServerFacts source) {
        return source.expectedOfCopy(AuroraEngine.ID);
    }

    /** AWS's default group has no GTIDs; what is in another one nobody sees without asking AWS. */
    static ServerFacts withoutClients(NewAuroraReadReplica replica, ServerFacts source) {
        return replica.shape().parameterGroup().isPresent()
                ? expected(source)
                : ComingCluster.withSettings(expected(source), Map.of());
    }

    private Map<String, String> parameters(NewAuroraReadReplica replica, String group) {
        return looks.parameters(GroupOwner.cluster(replica.place(), replica.clusterIdentifier()), group)
                .orElseThrow(() -> new StepRefusedException(Problem.of(
                        CreationCode.GROUP_UNFIT,
                        "The parameter group " + group + " is not in " + replica.place(),
                        "Make it there, with the GTID mode of the source's")));
    }

    private void requireKey(NewAuroraReadReplica replica, SourceEndpoint from) {
        boolean isMissing = replica.kmsKey().isEmpty()
                && from instanceof AuroraMySql cluster
                && looks.isEncrypted(cluster.place(), cluster.clusterIdentifier());
        if (isMissing) {
            throw new StepRefusedException(Problem.of(
                    ReadReplicaCode.KEY_MISSING,
                    "The storage of " + from.label() + " is encrypted, and the plan names no key in "
                            + replica.place()));
        }
    }
}
