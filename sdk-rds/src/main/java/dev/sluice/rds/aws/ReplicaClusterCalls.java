// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.OperationInfo;
import java.util.Map;
import java.util.TreeMap;

/**
 * The calls that make an Aurora cluster which is to be the replica itself, and take it back: as operations, and as commands for people. What
 * they make has the tags {@code sluice-run} and {@code sluice-source}; they delete nothing that is not tagged as this run's.
 *
 * @param place where it is made
 * @param from where its source is
 * @param id what it is called
 * @param source the cluster that it is made from
 * @param shape what it has of its own
 */
public record ReplicaClusterCalls(AwsPlace place, AwsPlace from, String id, String source, CopyShape shape) {
    /** No parameter of the API: the instance whose network and class are taken over. */
    static final String LIKE_INSTANCE = "like-instance";

    static final String GROUP = "DBClusterParameterGroupName";
    static final String SUBNETS = "DBSubnetGroupName";
    static final String CLASS = "DBInstanceClass";

    private static final String ENGINE = "aurora-mysql";
    private static final String SUFFIX = "-instance-1";
    /** What AWS's longest identifier leaves for that of a cluster. */
    public static final int LONGEST_ID = 63 - SUFFIX.length();

    /** Where its source is. */
    public ReplicaClusterCalls(AwsPlace place, String id, String source, CopyShape shape) {
        this(place, place, id, source, shape);
    }

    /** What its first instance is called. */
    public String writerId() {
        return id + SUFFIX;
    }

    /** Clones the source as a cluster without instances. */
    public ControlPlaneOperation cloned(OperationInfo info) {
        Map<String, String> parameters = cluster();
        parameters.put("SourceDBClusterIdentifier", source);
        parameters.put("RestoreType", "copy-on-write");
        parameters.put("UseLatestRestorableTime", "true");
        return call(
                info,
                TemporaryClusterCalls.CLONE,
                parameters,
                "aws rds restore-db-cluster-to-point-in-time" + place.options() + " --db-cluster-identifier " + id
                        + " --source-db-cluster-identifier " + source
                        + " --restore-type copy-on-write --use-latest-restorable-time" + like() + tags());
    }

    /**
     * Restores a snapshot as a cluster without instances.
     *
     * @param snapshot its identifier, or ARN for that of a DB instance
     */
    public ControlPlaneOperation restored(OperationInfo info, String snapshot) {
        Map<String, String> parameters = cluster();
        parameters.put("SnapshotIdentifier", snapshot);
        parameters.put("Engine", ENGINE);
        return call(
                info,
                TemporaryClusterCalls.RESTORE,
                parameters,
                "aws rds restore-db-cluster-from-snapshot" + place.options() + " --db-cluster-identifier " + id
                        + " --snapshot-identifier " + snapshot + " --engine " + ENGINE + like() + tags());
    }

    /**
     * Restores the run's DB snapshot of an instance of RDS for MySQL as a cluster without instances. The parameter group has to be named, since
     * those of instances are of another kind.
     */
    public ControlPlaneOperation migrated(OperationInfo info) {
        Map<String, String> parameters = owned();
        parameters.put(TemporaryClusterCalls.CLUSTER, id);
        parameters.put(LIKE_INSTANCE, source);
        parameters.put(ReplicaInstanceCalls.SNAPSHOT, Temporary.NAME);
        parameters.put("Engine", ENGINE);
        addOwn(parameters);
        String arn = "$(aws rds describe-db-snapshots" + place.options() + " --db-snapshot-identifier " + Temporary.NAME
                + " --query 'DBSnapshots[0].DBSnapshotArn' --output text)";
        return call(
                info,
                TemporaryClusterCalls.RESTORE,
                parameters,
                "aws rds restore-db-cluster-from-snapshot" + place.options() + " --db-cluster-identifier " + id
                        + " --snapshot-identifier " + arn + " --engine " + ENGINE
                        + " --db-cluster-parameter-group-name "
                        + shape.parameterGroup().orElse("<group>")
                        + " --db-subnet-group-name "
                        + shape.subnetGroup().orElse(askedInstance("DBSubnetGroup.DBSubnetGroupName"))
                        + " --vpc-security-group-ids "
                        + (shape.securityGroups().isEmpty()
                                ? askedInstance("VpcSecurityGroups[].VpcSecurityGroupId")
                                : String.join(" ", shape.securityGroups()))
                        + tags());
    }

    private Map<String, String> cluster() {
        Map<String, String> parameters = owned();
        parameters.put(TemporaryClusterCalls.CLUSTER, id);
        parameters.put(TemporaryClusterCalls.LIKE, source);
        addOwn(parameters);
        return parameters;
    }

    void addOwn(Map<String, String> parameters) {
        shape.parameterGroup().ifPresent(group -> parameters.put(GROUP, group));
        shape.subnetGroup().ifPresent(group -> parameters.put(SUBNETS, group));
        if (!shape.securityGroups().isEmpty()) {
            parameters.put(TemporaryCalls.GROUPS, String.join(",", shape.securityGroups()));
        }
    }

    Map<String, String> owned() {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put(Ownership.RUN, ControlPlaneOperation.RUN);
        parameters.put(Ownership.SOURCE, MadeFrom.source(from, source));
        return parameters;
    }

    private String like() {
        String groups = shape.securityGroups().isEmpty()
                ? asked("VpcSecurityGroups[].VpcSecurityGroupId")
                : String.join(" ", shape.securityGroups());
        return " --db-cluster-parameter-group-name " + shape.parameterGroup().orElse(asked("DBClusterParameterGroup"))
                + " --db-subnet-group-name " + shape.subnetGroup().orElse(asked("DBSubnetGroup"))
                + " --vpc-security-group-ids " + groups;
    }

    private String asked(String what) {
        return "$(aws rds describe-db-clusters" + place.options() + " --db-cluster-identifier " + source
                + " --query 'DBClusters[0]." + what + "' --output text)";
    }

    /** The same of an instance of RDS for MySQL. */
    private String askedInstance(String what) {
        return "$(aws rds describe-db-instances" + place.options() + " --db-instance-identifier " + source
                + " --query 'DBInstances[0]." + what + "' --output text)";
    }

    /** The same of an instance of the source's cluster. */
    private String askedMember(String what) {
        return "$(aws rds describe-db-instances" + place.options() + " --filters Name=db-cluster-id,Values=" + source
                + " --query 'DBInstances[0]." + what + "' --output text)";
    }

    String tags() {
        return " --tags Key=" + Ownership.RUN + ",Value=" + ControlPlaneOperation.RUN + " Key=" + Ownership.SOURCE
                + ",Value=" + MadeFrom.source(from, source);
    }

    /** Gives the cluster its writer, where the source is a cluster. */
    public ControlPlaneOperation writer(OperationInfo info) {
        return writer(info, TemporaryClusterCalls.LIKE);
    }

    /** Gives the cluster its writer, where the source is an instance. */
    public ControlPlaneOperation writerLikeInstance(OperationInfo info) {
        return writer(info, LIKE_INSTANCE);
    }

    private ControlPlaneOperation writer(OperationInfo info, String like) {
        Map<String, String> parameters = owned();
        parameters.put(TemporaryCalls.INSTANCE, writerId());
        parameters.put(TemporaryClusterCalls.CLUSTER, id);
        parameters.put("Engine", ENGINE);
        parameters.put(like, source);
        shape.instanceClass().ifPresent(name -> parameters.put(CLASS, name));
        return call(
                info,
                TemporaryClusterCalls.CREATE_WRITER,
                parameters,
                "aws rds create-db-instance" + place.options() + " --db-instance-identifier " + writerId()
                        + " --db-cluster-identifier " + id + " --engine " + ENGINE + " --db-instance-class "
                        + shape.instanceClass()
                                .orElse(
                                        like.equals(LIKE_INSTANCE)
                                                ? askedInstance("DBInstanceClass")
                                                : askedMember("DBInstanceClass"))
                        + tags());
    }

    /** The command by which a person learns what its first instance tells of its crash recovery. */
    public String askingForRecovery() {
        return TemporaryClusterCalls.askingForRecovery(place, writerId());
    }

    /** Deletes the cluster, once it has no instance any more, if this run made it; nothing if it is gone. */
    public ControlPlaneOperation deleteCluster(OperationInfo info) {
        Map<String, String> parameters = owned();
        parameters.put(TemporaryClusterCalls.CLUSTER, id);
        parameters.put("SkipFinalSnapshot", "true");
        return call(
                info,
                TemporaryClusterCalls.DELETE_CLUSTER,
                parameters,
                "aws rds delete-db-cluster" + place.options() + " --db-cluster-identifier " + id
                        + " --skip-final-snapshot");
    }

    /** Deletes the cluster's writer, if this run made it; nothing if it is gone. */
    public ControlPlaneOperation deleteWriter(OperationInfo info) {
        Map<String, String> parameters = owned();
        parameters.put(TemporaryCalls.INSTANCE, writerId());
        parameters.put("SkipFinalSnapshot", "true");
        return call(
                info,
                TemporaryCalls.DELETE_INSTANCE,
                parameters,
                "aws rds delete-db-instance" + place.options() + " --db-instance-identifier " + writerId()
                        + " --skip-final-snapshot");
    }

    private static ControlPlaneOperation call(
            OperationInfo info, String action, Map<String, String> parameters, String command) {
        return new ControlPlaneOperation(info, TemporaryCalls.SERVICE, action, parameters, command);
    }
}
