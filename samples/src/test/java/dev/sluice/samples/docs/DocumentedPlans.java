// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.docs;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.aurora.AuroraEngine;
import dev.sluice.core.Sluice;
import dev.sluice.external.ExternalEngine;
import dev.sluice.rds.RdsEngine;
import dev.sluice.rds.aws.AwsClients;

/** Compiles plans for servers that the documents tell of. Asks nobody: no server is there. */
final class DocumentedPlans implements AutoCloseable {
    private final Sluice sluice = Sluice.builder()
            .engines(
                    ExternalEngine.create(),
                    RdsEngine.create(AwsClients.onlyGiven()),
                    AuroraEngine.create(AwsClients.onlyGiven()))
            .build();

    /** As {@link GuidePreview} names the servers. A plan that sets no replication up is about one that runs. */
    CompiledPlan compile(Plan plan, GuidePreview servers) {
        Endpoint from = plan.findSource().map(Endpoint.class::cast).orElse(plan.replica());
        ServerFacts source = DocumentedServer.source(servers.source(), from);
        if (servers.createsReplica()) {
            return sluice.compile(plan, source, source.expectedOfCopy(plan.replica().engine()));
        }
        ServerFacts replica = DocumentedServer.replica(servers.replica(), plan.replica());
        return compile(plan, source, replica);
    }

    CompiledPlan compile(Plan plan, ServerFacts source, ServerFacts replica) {
        return plan instanceof ReplicationPlan
                ? sluice.compile(plan, source, replica)
                : sluice.compile(plan, plan.findSource().isPresent() ? source : null, DocumentedServer.following(replica, source));
    }

    @Override
    public void close() {
        sluice.close();
    }
}
