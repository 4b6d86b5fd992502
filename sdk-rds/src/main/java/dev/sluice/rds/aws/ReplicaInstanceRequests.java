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
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbInstanceAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbSnapshotAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbSnapshotNotFoundException;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

/** The requests behind {@link ReplicaInstanceCalls}. What is there already, or is gone already, is none of their business. */
final class ReplicaInstanceRequests {
    private ReplicaInstanceRequests() {}

    static Optional<Consumer<RdsClient>> of(ControlPlaneOperation operation) {
        if (!operation.service().equals(TemporaryCalls.SERVICE)) {
            return Optional.empty();
        }
        return switch (operation.action()) {
            case ReplicaInstanceCalls.CREATE_SNAPSHOT -> Optional.of(client -> snapshot(client, operation));
            case ReplicaInstanceCalls.DELETE_SNAPSHOT -> Optional.of(client -> deleteSnapshot(client, operation));
            case ReplicaInstanceCalls.RESTORE -> Optional.of(client -> restore(client, operation));
            default -> Optional.empty();
        };
    }

    private static void snapshot(RdsClient client, ControlPlaneOperation operation) {
        String id = parameter(operation, ReplicaInstanceCalls.SNAPSHOT);
        Ownership owner = Ownership.of(operation, id);
        try {
            client.createDBSnapshot(request -> request.dbSnapshotIdentifier(id)
                    .dbInstanceIdentifier(parameter(operation, TemporaryCalls.INSTANCE))
                    .tags(owner.tags()));
        } catch (DbSnapshotAlreadyExistsException there) {
            MadeInstances.snapshot(client, id, owner.run());
        }
    }

    private static void deleteSnapshot(RdsClient client, ControlPlaneOperation operation) {
        String id = parameter(operation, ReplicaInstanceCalls.SNAPSHOT);
        try {
            if (MadeInstances.snapshot(client, id, Ownership.of(operation, id).run())
                    .isPresent()) {
                client.deleteDBSnapshot(request -> request.dbSnapshotIdentifier(id));
            }
        } catch (DbSnapshotNotFoundException gone) {
            // Somebody was faster: it is gone, which is all that is wanted.
        }
    }

    private static void restore(RdsClient client, ControlPlaneOperation operation) {
        String id = parameter(operation, TemporaryCalls.INSTANCE);
        DBInstance like = like(client, parameter(operation, TemporaryClusterCalls.LIKE));
        Ownership owner = Ownership.of(operation, id);
        try {
            client.restoreDBInstanceFromDBSnapshot(request -> request.dbInstanceIdentifier(id)
                    .dbSnapshotIdentifier(parameter(operation, ReplicaInstanceCalls.SNAPSHOT))
                    .dbInstanceClass(operation.parameters().get(ReplicaClusterCalls.CLASS))
                    .dbParameterGroupName(own(operation, ReplicaInstanceCalls.GROUP, group(like)))
                    .dbSubnetGroupName(own(operation, ReplicaClusterCalls.SUBNETS, subnets(like)))
                    .vpcSecurityGroupIds(securityGroups(operation, like))
                    .publiclyAccessible(like.publiclyAccessible())
                    .tags(owner.tags()));
        } catch (DbInstanceAlreadyExistsException there) {
            TemporaryInstance.find(client, id).ifPresent(one -> one.orThrowIfNotOf(owner.run()));
        }
    }

    static @Nullable String own(ControlPlaneOperation operation, String parameter, @Nullable String asOther) {
        return operation.parameters().getOrDefault(parameter, asOther);
    }

    private static @Nullable String group(DBInstance instance) {
        return instance.dbParameterGroups().stream()
                .map(group -> group.dbParameterGroupName())
                .findFirst()
                .orElse(null);
    }

    static @Nullable String subnets(DBInstance instance) {
        return instance.dbSubnetGroup() == null
                ? null
                : instance.dbSubnetGroup().dbSubnetGroupName();
    }

    static List<String> securityGroups(ControlPlaneOperation operation, DBInstance like) {
        String named = operation.parameters().get(TemporaryCalls.GROUPS);
        return named != null
                ? List.of(named.split(","))
                : like.vpcSecurityGroups().stream()
                        .map(VpcSecurityGroupMembership::vpcSecurityGroupId)
                        .toList();
    }

    static DBInstance like(RdsClient client, String id) {
        return client.describeDBInstances(request -> request.dbInstanceIdentifier(id)).dbInstances().stream()
                .findFirst()
                .orElseThrow(() ->
                        new StepRefusedException(Problem.of(AwsErrorCode.NOT_FOUND, "No instance is called " + id)));
    }
}
