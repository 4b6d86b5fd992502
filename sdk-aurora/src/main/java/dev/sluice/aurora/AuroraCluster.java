// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.rds.aws.AwsEndpoint;

/** A DB cluster of Aurora MySQL in the role of a replica: one that is there, or one that the plan creates. Immutable and thread-safe. */
public sealed interface AuroraCluster extends ReplicaEndpoint, AwsEndpoint
        permits AuroraMySql, NewAuroraCluster, NewAuroraReadReplica {
    /** The identifier of the DB cluster. */
    String clusterIdentifier();

    @Override
    default String identifier() {
        return clusterIdentifier();
    }
}
