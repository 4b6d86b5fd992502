// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import static dev.sluice.rds.aws.RdsCalls.parameter;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.ControlPlaneOperation;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterMember;
import software.amazon.awssdk.services.rds.model.DbClusterAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.DbClusterSnapshotAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbClusterSnapshotNotFoundException;
import software.amazon.awssdk.services.rds.model.DbInstanceAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.ServerlessV2ScalingConfiguration;
import software.amazon.awssdk.services.rds.model.ServerlessV2ScalingConfigurationInfo;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

/** The requests behind {@link TemporaryClusterCalls}. What is there already, or is gone already, is none of their business. */
final class TemporaryClusterRequests {
    private TemporaryClusterRequests() {}

    static Optional<Consumer<RdsClient>> of(ControlPlaneOperation operation) {
        if (!operation.service().equals(TemporaryCalls.SERVICE)) {
            return Optional.empty();
        }
        return switch (operation.action()) {
            case TemporaryClusterCalls.CREATE_SNAPSHOT -> Optional.of(client -> snapshot(client, operation));
            case TemporaryClusterCalls.DELETE_SNAPSHOT -> Optional.of(client -> deleteSnapshot(client, operation));
            case TemporaryClusterCalls.RESTORE -> Optional.of(client -> restore(client, operation));
            case TemporaryClusterCalls.CLONE -> Optional.of(client -> cloned(client, operation));
            case TemporaryClusterCalls.CREATE_WRITER -> Optional.of(client -> writer(client, operation));
            case ReadReplicaCalls.PROMOTE -> Optional.of(client -> ReadReplicaRequests.promote(client, operation));
            case TemporaryClusterCalls.DELETE_CLUSTER -> Optional.of(client -> deleteCluster(client, operation));
            default -> Optional.empty();
        };
    }

    private static void snapshot(RdsClient client, ControlPlaneOperation operation) {
        String id = parameter(operation, TemporaryClusterCalls.SNAPSHOT);
        try {
            client.createDBClusterSnapshot(request -> request.dbClusterSnapshotIdentifier(id)
                    .dbClusterIdentifier(parameter(operation, TemporaryClusterCalls.CLUSTER))
                    .tags(Ownership.of(operation, id).tags()));
        } catch (DbClusterSnapshotAlreadyExistsException there) {
            TemporaryCopies.snapshot(client, id, Ownership.of(operation, id).run());
        }
    }

    private static void deleteSnapshot(RdsClient client, ControlPlaneOperation operation) {
        String id = parameter(operation, TemporaryClusterCalls.SNAPSHOT);
        try {
            if (TemporaryCopies.snapshot(client, id, Ownership.of(operation, id).run())
                    .isPresent()) {
                client.deleteDBClusterSnapshot(request -> request.dbClusterSnapshotIdentifier(id));
            }
        } catch (DbClusterSnapshotNotFoundException gone) {
            // Somebody was faster: it is gone, which is all that is wanted.
        }
    }

    private static void restore(RdsClient client, ControlPlaneOperation operation) {
        if (operation.parameters().containsKey(ReplicaClusterCalls.LIKE_INSTANCE)) {
            MigrationRequests.restore(client, operation);
            return;
        }
        String id = parameter(operation, TemporaryClusterCalls.CLUSTER);
        DBCluster like = like(client, operation);
        try {
            client.restoreDBClusterFromSnapshot(request -> request.dbClusterIdentifier(id)
                    .snapshotIdentifier(parameter(operation, "SnapshotIdentifier"))
                    .engine(like.engine())
                    .engineVersion(like.engineVersion())
                    .serverlessV2ScalingConfiguration(capacity(like))
                    .dbClusterParameterGroupName(
                            own(operation, ReplicaClusterCalls.GROUP, like.dbClusterParameterGroup()))
                    .dbSubnetGroupName(own(operation, ReplicaClusterCalls.SUBNETS, like.dbSubnetGroup()))
                    .vpcSecurityGroupIds(groups(operation, like))
                    .tags(Ownership.of(operation, id).tags()));
        } catch (DbClusterAlreadyExistsException there) {
            TemporaryCopies.cluster(client, id, Ownership.of(operation, id).run());
        }
    }

    private static void cloned(RdsClient client, ControlPlaneOperation operation) {
        String id = parameter(operation, TemporaryClusterCalls.CLUSTER);
        DBCluster like = like(client, operation);
        try {
            client.restoreDBClusterToPointInTime(request -> request.dbClusterIdentifier(id)
                    .sourceDBClusterIdentifier(parameter(operation, "SourceDBClusterIdentifier"))
                    .restoreType("copy-on-write")
                    .useLatestRestorableTime(true)
                    .serverlessV2ScalingConfiguration(capacity(like))
                    .dbClusterParameterGroupName(
                            own(operation, ReplicaClusterCalls.GROUP, like.dbClusterParameterGroup()))
                    .dbSubnetGroupName(own(operation, ReplicaClusterCalls.SUBNETS, like.dbSubnetGroup()))
                    .vpcSecurityGroupIds(groups(operation, like))
                    .tags(Ownership.of(operation, id).tags()));
        } catch (DbClusterAlreadyExistsException there) {
            TemporaryCopies.cluster(client, id, Ownership.of(operation, id).run());
        }
    }

    private static void writer(RdsClient client, ControlPlaneOperation operation) {
        if (operation.parameters().containsKey(ReplicaClusterCalls.LIKE_INSTANCE)) {
            MigrationRequests.writer(client, operation);
            return;
        }
        if (ReadReplicaCalls.isWriter(operation)) {
            ReadReplicaRequests.writer(client, operation);
            return;
        }
        String id = parameter(operation, TemporaryCalls.INSTANCE);
        DBCluster like = like(client, operation);
        String writer = like.dbClusterMembers().stream()
                .filter(member -> Boolean.TRUE.equals(member.isClusterWriter()))
                .map(DBClusterMember::dbInstanceIdentifier)
                .findFirst()
                .orElseThrow(() -> noWriter(like));
        var model = client.describeDBInstances(request -> request.dbInstanceIdentifier(writer)).dbInstances().stream()
                .findFirst()
                .orElseThrow(() -> noWriter(like));
        try {
            client.createDBInstance(request -> request.dbInstanceIdentifier(id)
                    .dbClusterIdentifier(parameter(operation, TemporaryClusterCalls.CLUSTER))
                    .engine(like.engine())
                    .dbInstanceClass(own(operation, ReplicaClusterCalls.CLASS, model.dbInstanceClass()))
                    .publiclyAccessible(model.publiclyAccessible())
                    .tags(Ownership.of(operation, id).tags()));
        } catch (DbInstanceAlreadyExistsException there) {
            TemporaryInstance.find(client, id)
                    .ifPresent(one ->
                            one.orThrowIfNotOf(Ownership.of(operation, id).run()));
        }
    }

    private static StepRefusedException noWriter(DBCluster cluster) {
        return new StepRefusedException(
                Problem.of(AwsErrorCode.NOT_FOUND, "The cluster " + cluster.dbClusterIdentifier() + " has no writer"));
    }

    private static void deleteCluster(RdsClient client, ControlPlaneOperation operation) {
        String id = parameter(operation, TemporaryClusterCalls.CLUSTER);
        try {
            boolean there = TemporaryCopies.cluster(
                            client, id, Ownership.of(operation, id).run())
                    .filter(cluster -> !cluster.status().equals("deleting"))
                    .isPresent();
            if (there) {
                client.deleteDBCluster(
                        request -> request.dbClusterIdentifier(id).skipFinalSnapshot(true));
            }
        } catch (DbClusterNotFoundException gone) {
            // Somebody was faster: it is gone, which is all that is wanted.
        }
    }

    private static DBCluster like(RdsClient client, ControlPlaneOperation operation) {
        String id = parameter(operation, TemporaryClusterCalls.LIKE);
        return client.describeDBClusters(request -> request.dbClusterIdentifier(id)).dbClusters().stream()
                .findFirst()
                .orElseThrow(() ->
                        new StepRefusedException(Problem.of(AwsErrorCode.NOT_FOUND, "No cluster is called " + id)));
    }

    /** Without it a cluster takes no instance of class {@code db.serverless}; null for one that has none. */
    private static @Nullable ServerlessV2ScalingConfiguration capacity(DBCluster cluster) {
        ServerlessV2ScalingConfigurationInfo has = cluster.serverlessV2ScalingConfiguration();
        return has == null
                ? null
                : ServerlessV2ScalingConfiguration.builder()
                        .minCapacity(has.minCapacity())
                        .maxCapacity(has.maxCapacity())
                        .secondsUntilAutoPause(has.secondsUntilAutoPause())
                        .build();
    }

    /** What the call says, or as the other cluster has it. */
    private static @Nullable String own(ControlPlaneOperation operation, String parameter, @Nullable String asOther) {
        return operation.parameters().getOrDefault(parameter, asOther);
    }

    private static List<String> groups(ControlPlaneOperation operation, DBCluster cluster) {
        String named = operation.parameters().get(TemporaryCalls.GROUPS);
        if (named != null) {
            return List.of(named.split(","));
        }
        return cluster.vpcSecurityGroups().stream()
                .map(VpcSecurityGroupMembership::vpcSecurityGroupId)
                .toList();
    }
}
