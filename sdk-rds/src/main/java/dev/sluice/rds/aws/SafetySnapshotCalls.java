// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.run.RunId;
import dev.sluice.rds.aws.GroupOwner.Level;
import java.util.Map;
import java.util.TreeMap;

/**
 * The calls that take a snapshot of a replica, to come back to, and delete it: as operations, and as commands for people.
 *
 * @param replica the instance or the cluster
 */
public record SafetySnapshotCalls(GroupOwner replica) {
    private static final String SUFFIX = "-safety";
    private static final String NAME = Temporary.NAME + SUFFIX;

    /** What a run calls it. */
    static String name(RunId run) {
        return Temporary.name(run) + SUFFIX;
    }

    private boolean ofCluster() {
        return replica.level() == Level.CLUSTER;
    }

    /** Takes it, with the tag {@code sluice-run}; nothing happens if it is there. */
    public ControlPlaneOperation take(OperationInfo info) {
        Map<String, String> parameters = parameters();
        parameters.put(ofCluster() ? TemporaryClusterCalls.CLUSTER : TemporaryCalls.INSTANCE, replica.identifier());
        return call(
                info,
                ofCluster() ? TemporaryClusterCalls.CREATE_SNAPSHOT : ReplicaInstanceCalls.CREATE_SNAPSHOT,
                parameters,
                (ofCluster() ? "create-db-cluster-snapshot" : "create-db-snapshot")
                        + replica.place().options()
                        + (ofCluster() ? " --db-cluster-identifier " : " --db-instance-identifier ")
                        + replica.identifier() + identifier() + " --tags Key=" + Temporary.TAG + ",Value="
                        + ControlPlaneOperation.RUN);
    }

    /** Deletes it, if this run took it; nothing happens if it is gone. */
    public ControlPlaneOperation delete(OperationInfo info) {
        return call(
                info,
                ofCluster() ? TemporaryClusterCalls.DELETE_SNAPSHOT : ReplicaInstanceCalls.DELETE_SNAPSHOT,
                parameters(),
                (ofCluster() ? "delete-db-cluster-snapshot" : "delete-db-snapshot")
                        + replica.place().options()
                        + identifier());
    }

    private String identifier() {
        return (ofCluster() ? " --db-cluster-snapshot-identifier " : " --db-snapshot-identifier ") + NAME;
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put(Ownership.RUN, ControlPlaneOperation.RUN);
        parameters.put(ofCluster() ? TemporaryClusterCalls.SNAPSHOT : ReplicaInstanceCalls.SNAPSHOT, NAME);
        return parameters;
    }

    private static ControlPlaneOperation call(
            OperationInfo info, String action, Map<String, String> parameters, String command) {
        return new ControlPlaneOperation(info, TemporaryCalls.SERVICE, action, parameters, "aws rds " + command);
    }
}
