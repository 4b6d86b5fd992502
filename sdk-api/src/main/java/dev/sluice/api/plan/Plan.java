// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.plan;

import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.SourceEndpoint;
import java.util.Optional;
import java.util.Set;

/** What a user wants from Sluice, as immutable data. Holds no secret. */
public sealed interface Plan permits ReplicationPlan, EndPlan, PausePlan, VerifyPlan, HeartbeatPlan, CopyTablePlan {
    /** The server that replicates, or is to. */
    ReplicaEndpoint replica();

    /** The server that is replicated from; empty if the plan has nothing to do with it. */
    Optional<SourceEndpoint> findSource();

    /** What the plan allows by name; unmodifiable. */
    Set<Consent> consents();
}
