// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.endpoint.EndpointOption;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.PausePlan;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.Positioning;
import dev.sluice.api.plan.ReplicationAccount;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.spi.StepContext;
import java.util.List;
import java.util.Optional;

/** A context that knows what the one of the compilation knows, and more. */
public interface PassedOnContext extends StepContext {
    /** The context of the compilation. */
    StepContext context();

    @Override
    default Plan plan() {
        return context().plan();
    }

    @Override
    default ReplicationPlan replication() {
        return context().replication();
    }

    @Override
    default EndPlan end() {
        return context().end();
    }

    @Override
    default PausePlan pause() {
        return context().pause();
    }

    @Override
    default ServerFacts source() {
        return context().source();
    }

    @Override
    default Optional<ServerFacts> findSource() {
        return context().findSource();
    }

    @Override
    default ServerFacts replica() {
        return context().replica();
    }

    @Override
    default Positioning positioning() {
        return context().positioning();
    }

    @Override
    default ReplicationAccount account() {
        return context().account();
    }

    @Override
    default ServerAddress sourceAsSeenByReplica() {
        return context().sourceAsSeenByReplica();
    }

    @Override
    default boolean alreadyReplicating() {
        return context().alreadyReplicating();
    }

    @Override
    default boolean allows(Consent consent) {
        return context().allows(consent);
    }

    @Override
    default <T extends EndpointOption<?>> List<T> sourceOptions(Class<T> type) {
        return context().sourceOptions(type);
    }

    @Override
    default <T extends EndpointOption<?>> List<T> replicaOptions(Class<T> type) {
        return context().replicaOptions(type);
    }
}
