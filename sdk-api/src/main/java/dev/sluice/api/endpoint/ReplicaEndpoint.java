// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.endpoint;

/** A server that can be a replica, or that the plan creates as one. */
public interface ReplicaEndpoint extends Endpoint {
    /** Whether the plan creates it. Such a server is there only once a run has come to the row LOAD. */
    default boolean isCreatedByPlan() {
        return false;
    }
}
