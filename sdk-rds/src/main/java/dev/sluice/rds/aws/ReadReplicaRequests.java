// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import static dev.sluice.rds.aws.RdsCalls.parameter;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.ControlPlaneOperation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DbClusterAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.DbInstanceAlreadyExistsException;

/** The requests behind {@link ReadReplicaCalls}. What is there already, or is gone already, is none of their business. */
final class ReadReplicaRequests {
    private ReadReplicaRequests() {}

    /** Version and ARN are the source's, which its own region knows. */
    static void create(AwsClients clients, AwsPlace place, ControlPlaneOperation operation) {
        String id = parameter(operation, TemporaryClusterCalls.CLUSTER);
        Ownership owner = Ownership.of(operation, id);
        GroupOwner from = ReadReplicaCalls.source(place, operation);
        DBCluster source = source(clients.rds(from.place()), from.identifier());
        RdsClient client = clients.rds(place);
        String key = operation.parameters().get(ReadReplicaCalls.KEY);
        try {
            client.createDBCluster(request -> request.dbClusterIdentifier(id)
                    .engine(ReadReplicaCalls.ENGINE)
                    .engineVersion(source.engineVersion())
                    .replicationSourceIdentifier(source.dbClusterArn())
                    .kmsKeyId(key)
                    .storageEncrypted(key == null ? null : true)
                    // With it the client signs the request that AWS makes to the source's region.
                    .sourceRegion(key == null ? null : from.place().region())
                    .dbClusterParameterGroupName(operation.parameters().get(ReplicaClusterCalls.GROUP))
                    .dbSubnetGroupName(operation.parameters().get(ReplicaClusterCalls.SUBNETS))
                    .vpcSecurityGroupIds(groups(operation))
                    .tags(owner.tags()));
        } catch (DbClusterAlreadyExistsException there) {
            TemporaryCopies.cluster(client, id, owner.run());
        }
    }

    private static DBCluster source(RdsClient client, String id) {
        return client.describeDBClusters(request -> request.dbClusterIdentifier(id)).dbClusters().stream()
                .findFirst()
                .orElseThrow(() ->
                        new StepRefusedException(Problem.of(AwsErrorCode.NOT_FOUND, "No cluster is called " + id)));
    }

    private static @Nullable List<String> groups(ControlPlaneOperation operation) {
        String named = operation.parameters().get(TemporaryCalls.GROUPS);
        return named == null ? null : List.of(named.split(","));
    }

    static void writer(RdsClient client, ControlPlaneOperation operation) {
        String id = parameter(operation, TemporaryCalls.INSTANCE);
        Ownership owner = Ownership.of(operation, id);
        try {
            client.createDBInstance(request -> request.dbInstanceIdentifier(id)
                    .dbClusterIdentifier(parameter(operation, TemporaryClusterCalls.CLUSTER))
                    .engine(parameter(operation, "Engine"))
                    .dbInstanceClass(parameter(operation, ReplicaClusterCalls.CLASS))
                    .tags(owner.tags()));
        } catch (DbInstanceAlreadyExistsException there) {
            TemporaryInstance.find(client, id).ifPresent(one -> one.orThrowIfNotOf(owner.run()));
        }
    }

    static void promote(RdsClient client, ControlPlaneOperation operation) {
        String id = parameter(operation, TemporaryClusterCalls.CLUSTER);
        String run = operation.parameters().get(Ownership.RUN);
        if (run != null) {
            TemporaryCopies.cluster(client, id, run);
        }
        if (replicates(client, id)) {
            client.promoteReadReplicaDBCluster(request -> request.dbClusterIdentifier(id));
        }
    }

    private static boolean replicates(RdsClient client, String id) {
        try {
            return Optional.ofNullable(source(client, id).replicationSourceIdentifier())
                    .filter(arn -> !arn.isEmpty())
                    .isPresent();
        } catch (DbClusterNotFoundException gone) {
            return false;
        }
    }
}
