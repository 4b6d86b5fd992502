// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.docs;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.aurora.AuroraEngine;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.external.ExternalEngine;
import dev.sluice.programs.ClientPrograms;
import dev.sluice.rds.RdsEngine;
import dev.sluice.rds.aws.AwsClients;

/** Compiles plans for servers that the documents tell of. Asks nobody: no server is there. */
final class DocumentedPlans implements AutoCloseable {
    private final Sluice sluice = Sluice.builder()
            .journal(Journal.inMemory())
            .engines(
                    ExternalEngine.create(),
                    RdsEngine.create(AwsClients.onlyGiven()),
                    AuroraEngine.create(AwsClients.onlyGiven()))
            .clientPrograms(ClientPrograms.onPath())
            .build();

    /** As {@link GuidePreview} names the servers. A plan that sets no replication up is about one that runs. */
    CompiledPlan compile(Plan plan, GuidePreview servers) {
        return compile(plan, servers.source(), servers.replica(), !(plan instanceof ReplicationPlan));
    }

    /**
     * Compiles a plan.
     *
     * @param source as {@link DocumentedServer} reads it
     * @param replica the same, or {@link GuidePreview#NEW}
     * @param isRunning whether the replica follows the source already
     */
    CompiledPlan compile(Plan plan, String source, String replica, boolean isRunning) {
        Endpoint from = plan.findSource().map(Endpoint.class::cast).orElse(plan.replica());
        ServerFacts sourceFacts = DocumentedServer.source(source, from);
        if (replica.equals(GuidePreview.NEW)) {
            return sluice.compile(
                    plan, sourceFacts, sourceFacts.expectedOfCopy(plan.replica().engine()));
        }
        ServerFacts empty = DocumentedServer.replica(replica, plan.replica());
        ServerFacts replicaFacts = isRunning ? DocumentedServer.following(empty, sourceFacts) : empty;
        return sluice.compile(plan, plan.findSource().isPresent() ? sourceFacts : null, replicaFacts);
    }

    @Override
    public void close() {
        sluice.close();
    }
}
