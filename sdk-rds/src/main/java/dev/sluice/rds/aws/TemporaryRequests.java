// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.ControlPlaneOperation;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbInstanceAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.Tag;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

/** The requests behind {@link TemporaryCalls}. Each looks first, so that a repeated one makes or removes nothing twice. */
final class TemporaryRequests {
    private TemporaryRequests() {}

    static Optional<Consumer<RdsClient>> of(ControlPlaneOperation operation) {
        if (!operation.service().equals(TemporaryCalls.SERVICE)) {
            return Optional.empty();
        }
        return switch (operation.action()) {
            case TemporaryCalls.CREATE_REPLICA -> Optional.of(client -> createReplica(client, operation));
            case TemporaryCalls.DELETE_INSTANCE -> Optional.of(client -> deleteInstance(client, operation));
            default -> Optional.empty();
        };
    }

    private static void createReplica(RdsClient client, ControlPlaneOperation operation) {
        String id = RdsCalls.parameter(operation, TemporaryCalls.INSTANCE);
        String sourceId = RdsCalls.parameter(operation, TemporaryCalls.SOURCE);
        DBInstance source =
                client.describeDBInstances(request -> request.dbInstanceIdentifier(sourceId)).dbInstances().stream()
                        .findFirst()
                        .orElseThrow(() -> new StepRefusedException(
                                Problem.of(AwsErrorCode.NOT_FOUND, "No instance is called " + sourceId)));
        List<String> groups = source.vpcSecurityGroups().stream()
                .map(VpcSecurityGroupMembership::vpcSecurityGroupId)
                .toList();
        try {
            client.createDBInstanceReadReplica(request -> request.dbInstanceIdentifier(id)
                    .sourceDBInstanceIdentifier(sourceId)
                    .publiclyAccessible(source.publiclyAccessible())
                    .vpcSecurityGroupIds(groups)
                    .tags(Tag.builder()
                            .key(Temporary.TAG)
                            .value(Temporary.runOf(id))
                            .build()));
        } catch (DbInstanceAlreadyExistsException there) {
            requireOurs(client, id);
        }
    }

    private static void requireOurs(RdsClient client, String id) {
        TemporaryInstance.find(client, id).ifPresent(instance -> instance.orThrowIfNotOf(Temporary.runOf(id)));
    }

    private static void deleteInstance(RdsClient client, ControlPlaneOperation operation) {
        String id = RdsCalls.parameter(operation, TemporaryCalls.INSTANCE);
        Optional<TemporaryInstance> instance = TemporaryInstance.find(client, id);
        if (instance.isEmpty() || instance.get().status().equals("deleting")) {
            return;
        }
        instance.get().orThrowIfNotOf(Ownership.of(operation, id).run());
        try {
            client.deleteDBInstance(request ->
                    request.dbInstanceIdentifier(id).skipFinalSnapshot(true).deleteAutomatedBackups(true));
        } catch (DbInstanceNotFoundException gone) {
            // Somebody was faster: it is gone, which is all that is wanted.
        }
    }
}
