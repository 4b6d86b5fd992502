// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RunId;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.PollPace;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.rds.managed.ManagedSteps;
import java.util.Optional;

/**
 * A row that is done in another way where AWS itself replicates to the replica. A plan that sets such a replica up says so by its endpoint; in one
 * that ends its replication the server itself says so, however it is named there. What only stops it is done as everywhere.
 *
 * @param usual how it is done elsewhere; its key is that of both
 * @param byAws how it is done there
 */
record OnReadReplica(Step usual, Step byAws) implements Step {
    @Override
    public StepKey key() {
        return usual.key();
    }

    @Override
    public GuideStep row() {
        return usual.row();
    }

    private Step one(StepContext context) {
        return isByAws(context) ? byAws : usual;
    }

    private static boolean isByAws(StepContext context) {
        Plan plan = context.plan();
        return plan instanceof ReplicationPlan
                ? plan.replica().providersAccount().isPresent()
                : plan instanceof EndPlan end
                        && end.resetsReplica()
                        && ManagedSteps.isManagedReplica(context.replica());
    }

    @Override
    public StepDraft compile(StepContext context) {
        return one(context).compile(context);
    }

    @Override
    public Look look(LiveContext context) {
        return one(context).look(context);
    }

    /** Asking AWS too often is worse than asking a server too rarely. */
    @Override
    public PollPace pace() {
        return byAws.pace();
    }

    @Override
    public Optional<Endpoint> temporaryServer(StepContext context, RunId run) {
        return one(context).temporaryServer(context, run);
    }
}
