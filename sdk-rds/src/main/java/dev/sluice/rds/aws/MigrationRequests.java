// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import static dev.sluice.rds.aws.RdsCalls.parameter;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.ControlPlaneOperation;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DbClusterAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbInstanceAlreadyExistsException;

/** The requests that make an Aurora cluster from a snapshot of an instance of RDS for MySQL. */
final class MigrationRequests {
    private static final String ENGINE = "Engine";

    private MigrationRequests() {}

    static void restore(RdsClient client, ControlPlaneOperation operation) {
        String id = parameter(operation, TemporaryClusterCalls.CLUSTER);
        Ownership owner = Ownership.of(operation, id);
        DBInstance like = like(client, operation);
        String snapshot = snapshotArn(client, parameter(operation, ReplicaInstanceCalls.SNAPSHOT), owner.run());
        try {
            client.restoreDBClusterFromSnapshot(request -> request.dbClusterIdentifier(id)
                    .snapshotIdentifier(snapshot)
                    .engine(parameter(operation, ENGINE))
                    .dbClusterParameterGroupName(operation.parameters().get(ReplicaClusterCalls.GROUP))
                    .dbSubnetGroupName(ReplicaInstanceRequests.own(
                            operation, ReplicaClusterCalls.SUBNETS, ReplicaInstanceRequests.subnets(like)))
                    .vpcSecurityGroupIds(ReplicaInstanceRequests.securityGroups(operation, like))
                    .tags(owner.tags()));
        } catch (DbClusterAlreadyExistsException there) {
            TemporaryCopies.cluster(client, id, owner.run());
        }
    }

    /** Without its ARN it would be taken for a cluster's. */
    private static String snapshotArn(RdsClient client, String id, String run) {
        return MadeInstances.snapshot(client, id, run)
                .map(DBSnapshot::dbSnapshotArn)
                .orElseThrow(() ->
                        new StepRefusedException(Problem.of(AwsErrorCode.NOT_FOUND, "No snapshot is called " + id)));
    }

    static void writer(RdsClient client, ControlPlaneOperation operation) {
        String id = parameter(operation, TemporaryCalls.INSTANCE);
        Ownership owner = Ownership.of(operation, id);
        DBInstance like = like(client, operation);
        try {
            client.createDBInstance(request -> request.dbInstanceIdentifier(id)
                    .dbClusterIdentifier(parameter(operation, TemporaryClusterCalls.CLUSTER))
                    .engine(parameter(operation, ENGINE))
                    .dbInstanceClass(
                            ReplicaInstanceRequests.own(operation, ReplicaClusterCalls.CLASS, like.dbInstanceClass()))
                    .publiclyAccessible(like.publiclyAccessible())
                    .tags(owner.tags()));
        } catch (DbInstanceAlreadyExistsException there) {
            TemporaryInstance.find(client, id).ifPresent(one -> one.orThrowIfNotOf(owner.run()));
        }
    }

    private static DBInstance like(RdsClient client, ControlPlaneOperation operation) {
        return ReplicaInstanceRequests.like(client, parameter(operation, ReplicaClusterCalls.LIKE_INSTANCE));
    }
}
