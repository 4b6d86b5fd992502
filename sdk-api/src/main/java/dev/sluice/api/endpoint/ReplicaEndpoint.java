// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.endpoint;

import dev.sluice.api.plan.Seed;
import java.util.Optional;

/** A server that can be a replica, or that the plan creates as one. */
public interface ReplicaEndpoint extends Endpoint {
    /** Whether the plan creates it. Such a server is there only once a run has come to the row LOAD. */
    default boolean isCreatedByPlan() {
        return false;
    }

    /** The one way in which it can get its data, where there is one only: then a plan need not name it. Empty for most. */
    default Optional<Seed> onlySeed() {
        return Optional.empty();
    }

    /**
     * The account by which it logs in to its source, where its provider replicates to it and no run points it anywhere. Empty for all
     * others: they have the plan's.
     */
    default Optional<String> providersAccount() {
        return Optional.empty();
    }
}
