// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.rds.aws.RdsCluster;
import java.util.Optional;

/**
 * What a server must be to be the writer of a cluster that can replicate. It says so itself: an endpoint's name proves nothing, and after a
 * failover a cluster endpoint leads to the old writer for a while.
 */
final class AuroraFacts {
    private AuroraFacts() {}

    /**
     * Refuses everything else.
     *
     * @param cluster as AWS tells it, empty if nobody can be asked
     */
    static void requireWriter(ServerFacts facts, Optional<RdsCluster> cluster) {
        cluster.ifPresent(AuroraFacts::requireProvisionedAurora);
        if (facts.variable("aurora_version").isEmpty()) {
            throw new StepRefusedException(Problem.of(
                    AuroraErrorCode.NOT_AURORA,
                    "The server " + facts.address() + " is not Aurora MySQL: it has no aurora_version"));
        }
        if (facts.isOn("innodb_read_only")) {
            throw new StepRefusedException(Problem.of(
                    AuroraErrorCode.READER,
                    "The server " + facts.address() + " is a reader of its cluster: innodb_read_only is ON"));
        }
    }

    private static void requireProvisionedAurora(RdsCluster cluster) {
        if (!cluster.isAuroraMySql()) {
            throw new StepRefusedException(Problem.of(
                    AuroraErrorCode.MULTI_AZ_CLUSTER,
                    "The cluster " + cluster.id() + " is of engine " + cluster.engine()));
        }
        if (cluster.isServerlessV1()) {
            throw new StepRefusedException(Problem.of(
                    AuroraErrorCode.SERVERLESS_V1, "The cluster " + cluster.id() + " is Aurora Serverless v1"));
        }
    }
}
