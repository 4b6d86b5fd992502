// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.spi;

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
import java.util.List;
import java.util.Optional;

/**
 * What a step may know when it is compiled: the plan and the servers' facts, nothing live. Made by core; new needs become new
 * methods here. Immutable and thread-safe.
 */
public interface StepContext {
    /** What the user wants. */
    Plan plan();

    /**
     * The plan that sets up a replication, or has set up the one that is compared.
     *
     * @throws IllegalStateException in the compilation of an end plan or a pause
     */
    ReplicationPlan replication();

    /**
     * The plan that ends a replication.
     *
     * @throws IllegalStateException in the compilation of a replication plan
     */
    EndPlan end();

    /**
     * The plan that stops a replication for a while, or starts it again.
     *
     * @throws IllegalStateException in the compilation of another plan
     */
    PausePlan pause();

    /**
     * What the source said about itself.
     *
     * @throws IllegalStateException if an end plan has no source
     */
    ServerFacts source();

    /** What the replica said about itself. */
    ServerFacts replica();

    /** {@code GTID} or {@code BINLOG_POSITION}: what the plan comes to on these servers. */
    Positioning positioning();

    /** The replication account with its host part resolved. */
    ReplicationAccount account();

    /** Where the replica reaches the source. */
    ServerAddress sourceAsSeenByReplica();

    /**
     * Whether the replica already follows this source with this plan's account and scope, so that nothing has to be copied and no
     * retention raised: a plan that runs again.
     */
    boolean alreadyReplicating();

    /** Whether the plan gives a consent. */
    boolean allows(Consent consent);

    /** The options of this type that were given with the source. */
    <T extends EndpointOption<?>> List<T> sourceOptions(Class<T> type);

    /** The options of this type that were given with the replica. */
    <T extends EndpointOption<?>> List<T> replicaOptions(Class<T> type);

    /** The source's facts, if the plan has a source. */
    Optional<ServerFacts> findSource();
}
