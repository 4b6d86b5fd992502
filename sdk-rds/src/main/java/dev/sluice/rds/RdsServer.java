// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.rds.aws.AwsEndpoint;

/** A DB instance of RDS for MySQL in the role of a replica: one that is there, or one that the plan creates. Immutable and thread-safe. */
public sealed interface RdsServer extends ReplicaEndpoint, AwsEndpoint permits RdsMySql, NewRdsInstance {
    /** The identifier of the DB instance. */
    String instanceIdentifier();

    @Override
    default String identifier() {
        return instanceIdentifier();
    }
}
