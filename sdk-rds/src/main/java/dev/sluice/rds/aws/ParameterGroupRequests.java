// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import dev.sluice.api.operation.ControlPlaneOperation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DbParameterGroupAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.Parameter;

/** The requests of the SDK behind {@link ParameterGroupCalls}. Thread-safe: no state. */
final class ParameterGroupRequests {
    private ParameterGroupRequests() {}

    /** The request behind an operation; empty if it is another call. */
    static Optional<Consumer<RdsClient>> of(ControlPlaneOperation call) {
        return switch (call.action()) {
            case ParameterGroupCalls.CREATE ->
                Optional.of(orThere(client -> client.createDBParameterGroup(
                        request -> request.dbParameterGroupName(text(call, ParameterGroupCalls.GROUP))
                                .dbParameterGroupFamily(text(call, ParameterGroupCalls.FAMILY))
                                .description(text(call, ParameterGroupCalls.DESCRIPTION)))));
            case ParameterGroupCalls.CREATE_CLUSTERS ->
                Optional.of(orThere(client -> client.createDBClusterParameterGroup(
                        request -> request.dbClusterParameterGroupName(text(call, ParameterGroupCalls.CLUSTER_GROUP))
                                .dbParameterGroupFamily(text(call, ParameterGroupCalls.FAMILY))
                                .description(text(call, ParameterGroupCalls.DESCRIPTION)))));
            case ParameterGroupCalls.MODIFY ->
                Optional.of(client -> client.modifyDBParameterGroup(
                        request -> request.dbParameterGroupName(text(call, ParameterGroupCalls.GROUP))
                                .parameters(parameters(call))));
            case ParameterGroupCalls.MODIFY_CLUSTERS ->
                Optional.of(client -> client.modifyDBClusterParameterGroup(
                        request -> request.dbClusterParameterGroupName(text(call, ParameterGroupCalls.CLUSTER_GROUP))
                                .parameters(parameters(call))));
            case ParameterGroupCalls.ATTACH_CLUSTER ->
                Optional.of(client -> client.modifyDBCluster(
                        request -> request.dbClusterIdentifier(text(call, ParameterGroupCalls.CLUSTER))
                                .dbClusterParameterGroupName(text(call, ParameterGroupCalls.CLUSTER_GROUP))
                                .applyImmediately(true)));
            case ParameterGroupCalls.ATTACH -> attach(call);
            case ParameterGroupCalls.REBOOT ->
                Optional.of(client -> client.rebootDBInstance(
                        request -> request.dbInstanceIdentifier(text(call, ParameterGroupCalls.INSTANCE))));
            default -> Optional.empty();
        };
    }

    /** The same action of the API changes other things of an instance. */
    private static Optional<Consumer<RdsClient>> attach(ControlPlaneOperation call) {
        return call.parameters().containsKey(ParameterGroupCalls.GROUP)
                ? Optional.of(client -> client.modifyDBInstance(
                        request -> request.dbInstanceIdentifier(text(call, ParameterGroupCalls.INSTANCE))
                                .dbParameterGroupName(text(call, ParameterGroupCalls.GROUP))
                                .applyImmediately(true)))
                : Optional.empty();
    }

    /** A group that is there already was made by an earlier try whose answer was lost: what is in it is looked at and set anyway. */
    private static Consumer<RdsClient> orThere(Consumer<RdsClient> create) {
        return client -> {
            try {
                create.accept(client);
            } catch (DbParameterGroupAlreadyExistsException there) {
                // As it should be.
                return;
            }
        };
    }

    private static List<Parameter> parameters(ControlPlaneOperation call) {
        String method = text(call, ParameterGroupCalls.APPLY_METHOD);
        return call.parameters().entrySet().stream()
                .filter(one -> one.getKey().startsWith(ParameterGroupCalls.VALUE))
                .map(one -> parameter(one, method))
                .toList();
    }

    private static Parameter parameter(Map.Entry<String, String> one, String method) {
        return Parameter.builder()
                .parameterName(one.getKey().substring(ParameterGroupCalls.VALUE.length()))
                .parameterValue(one.getValue())
                .applyMethod(method)
                .build();
    }

    private static String text(ControlPlaneOperation call, String name) {
        return RdsCalls.parameter(call, name);
    }
}
