// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.OperationInfo;
import java.util.Map;
import java.util.TreeMap;

/**
 * The calls that make a DB instance which is to be the replica itself, from a snapshot of the run's temporary instance, and take it back: as
 * operations, and as commands for people. They delete nothing that is not tagged as this run's.
 *
 * @param place where it is made
 * @param id what it is called
 * @param source the instance whose parameter group, network and reachability it gets
 * @param shape what it has of its own
 */
public record ReplicaInstanceCalls(AwsPlace place, String id, String source, CopyShape shape) {
    static final String RESTORE = "RestoreDBInstanceFromDBSnapshot";
    static final String CREATE_SNAPSHOT = "CreateDBSnapshot";
    static final String DELETE_SNAPSHOT = "DeleteDBSnapshot";
    static final String SNAPSHOT = "DBSnapshotIdentifier";
    static final String GROUP = "DBParameterGroupName";

    private static final String TAGS = " --tags Key=" + Temporary.TAG + ",Value=" + ControlPlaneOperation.RUN;

    /** Takes a snapshot of the run's temporary instance. */
    public static ControlPlaneOperation snapshot(OperationInfo info, AwsPlace place) {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put(TemporaryCalls.INSTANCE, Temporary.NAME);
        parameters.put(SNAPSHOT, Temporary.NAME);
        return call(
                info,
                CREATE_SNAPSHOT,
                parameters,
                "aws rds create-db-snapshot" + place.options() + " --db-instance-identifier " + Temporary.NAME
                        + " --db-snapshot-identifier " + Temporary.NAME + TAGS);
    }

    /** Deletes the run's snapshot; nothing else, and nothing if it is gone. */
    public static ControlPlaneOperation deleteSnapshot(OperationInfo info, AwsPlace place) {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put(SNAPSHOT, Temporary.NAME);
        return call(
                info,
                DELETE_SNAPSHOT,
                parameters,
                "aws rds delete-db-snapshot" + place.options() + " --db-snapshot-identifier " + Temporary.NAME);
    }

    /** Restores the run's snapshot as the replica. */
    public ControlPlaneOperation restored(OperationInfo info) {
        Map<String, String> parameters = owned();
        parameters.put(SNAPSHOT, Temporary.NAME);
        parameters.put(TemporaryClusterCalls.LIKE, source);
        shape.parameterGroup().ifPresent(group -> parameters.put(GROUP, group));
        shape.subnetGroup().ifPresent(group -> parameters.put(ReplicaClusterCalls.SUBNETS, group));
        shape.instanceClass().ifPresent(name -> parameters.put(ReplicaClusterCalls.CLASS, name));
        if (!shape.securityGroups().isEmpty()) {
            parameters.put(TemporaryCalls.GROUPS, String.join(",", shape.securityGroups()));
        }
        return call(
                info,
                RESTORE,
                parameters,
                "aws rds restore-db-instance-from-db-snapshot" + place.options() + " --db-instance-identifier " + id
                        + " --db-snapshot-identifier " + Temporary.NAME + like() + TAGS + " Key=" + Ownership.SOURCE
                        + ",Value=" + MadeFrom.source(place, source));
    }

    private String like() {
        String groups = shape.securityGroups().isEmpty()
                ? asked("VpcSecurityGroups[].VpcSecurityGroupId")
                : String.join(" ", shape.securityGroups());
        return " --db-parameter-group-name "
                + shape.parameterGroup().orElse(asked("DBParameterGroups[0].DBParameterGroupName"))
                + " --db-subnet-group-name " + shape.subnetGroup().orElse(asked("DBSubnetGroup.DBSubnetGroupName"))
                + " --vpc-security-group-ids " + groups
                + shape.instanceClass()
                        .map(name -> " --db-instance-class " + name)
                        .orElse("");
    }

    private String asked(String what) {
        return "$(aws rds describe-db-instances" + place.options() + " --db-instance-identifier " + source
                + " --query 'DBInstances[0]." + what + "' --output text)";
    }

    private Map<String, String> owned() {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put(TemporaryCalls.INSTANCE, id);
        parameters.put(Ownership.RUN, ControlPlaneOperation.RUN);
        parameters.put(Ownership.SOURCE, MadeFrom.source(place, source));
        return parameters;
    }

    /** Deletes the replica, if this run made it; nothing if it is gone. */
    public ControlPlaneOperation deleteInstance(OperationInfo info) {
        Map<String, String> parameters = owned();
        parameters.put("SkipFinalSnapshot", "true");
        parameters.put("DeleteAutomatedBackups", "true");
        return call(
                info,
                TemporaryCalls.DELETE_INSTANCE,
                parameters,
                "aws rds delete-db-instance" + place.options() + " --db-instance-identifier " + id
                        + " --skip-final-snapshot --delete-automated-backups");
    }

    private static ControlPlaneOperation call(
            OperationInfo info, String action, Map<String, String> parameters, String command) {
        return new ControlPlaneOperation(info, TemporaryCalls.SERVICE, action, parameters, command);
    }
}
