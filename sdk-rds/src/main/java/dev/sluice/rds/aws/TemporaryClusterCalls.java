// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.OperationInfo;
import java.util.Map;
import java.util.TreeMap;

/** The calls that make a copy of an Aurora cluster for a run and remove it again: as operations, and as commands for people. */
public final class TemporaryClusterCalls {
    static final String CREATE_SNAPSHOT = "CreateDBClusterSnapshot";
    static final String DELETE_SNAPSHOT = "DeleteDBClusterSnapshot";
    static final String RESTORE = "RestoreDBClusterFromSnapshot";
    static final String CLONE = "RestoreDBClusterToPointInTime";
    static final String CREATE_WRITER = "CreateDBInstance";
    static final String DELETE_CLUSTER = "DeleteDBCluster";
    static final String CLUSTER = "DBClusterIdentifier";
    static final String SNAPSHOT = "DBClusterSnapshotIdentifier";

    /** No parameter of the API: the cluster whose parameter group, network and instance class are taken over when the call is made. */
    static final String LIKE = "like";

    private static final String ENGINE = "aurora-mysql";
    /** The option of a cluster whose instances have no fixed size; nothing for others. */
    private static final String CAPACITY = "DBClusters[?ServerlessV2ScalingConfiguration]"
            + ".join('', ['--serverless-v2-scaling-configuration MinCapacity=',"
            + " to_string(ServerlessV2ScalingConfiguration.MinCapacity), ',MaxCapacity=',"
            + " to_string(ServerlessV2ScalingConfiguration.MaxCapacity)])";

    private static final String TAGS = " --tags Key=" + Temporary.TAG + ",Value=" + ControlPlaneOperation.RUN;

    private TemporaryClusterCalls() {}

    /** Takes a snapshot of a cluster. */
    public static ControlPlaneOperation snapshot(OperationInfo info, AwsPlace place, String cluster) {
        return call(
                info,
                CREATE_SNAPSHOT,
                Map.of(CLUSTER, cluster, SNAPSHOT, Temporary.NAME, TemporaryCalls.TAGS, tags()),
                "aws rds create-db-cluster-snapshot" + place.options() + " --db-cluster-identifier "
                        + ShellWord.of(cluster)
                        + " --db-cluster-snapshot-identifier " + Temporary.NAME + TAGS);
    }

    /** Deletes the run's snapshot; nothing else, and nothing if it is gone. */
    public static ControlPlaneOperation deleteSnapshot(OperationInfo info, AwsPlace place) {
        return call(
                info,
                DELETE_SNAPSHOT,
                Map.of(SNAPSHOT, Temporary.NAME),
                "aws rds delete-db-cluster-snapshot" + place.options() + " --db-cluster-snapshot-identifier "
                        + Temporary.NAME);
    }

    /** Restores the run's snapshot as a cluster without instances, with the parameter group and network of the cluster it was taken of. */
    public static ControlPlaneOperation restore(OperationInfo info, AwsPlace place, String cluster) {
        return call(
                info,
                RESTORE,
                Map.of(
                        CLUSTER,
                        Temporary.NAME,
                        "SnapshotIdentifier",
                        Temporary.NAME,
                        "Engine",
                        ENGINE,
                        LIKE,
                        cluster,
                        TemporaryCalls.TAGS,
                        tags()),
                "aws rds restore-db-cluster-from-snapshot" + place.options() + " --db-cluster-identifier "
                        + Temporary.NAME + " --snapshot-identifier " + Temporary.NAME + " --engine " + ENGINE
                        + like(place, cluster) + TAGS);
    }

    /** Clones a cluster without instances, with its parameter group and network. */
    public static ControlPlaneOperation cloned(OperationInfo info, AwsPlace place, String cluster) {
        return call(
                info,
                CLONE,
                Map.of(
                        CLUSTER,
                        Temporary.NAME,
                        "SourceDBClusterIdentifier",
                        cluster,
                        "RestoreType",
                        "copy-on-write",
                        "UseLatestRestorableTime",
                        "true",
                        LIKE,
                        cluster,
                        TemporaryCalls.TAGS,
                        tags()),
                "aws rds restore-db-cluster-to-point-in-time" + place.options() + " --db-cluster-identifier "
                        + Temporary.NAME + " --source-db-cluster-identifier "
                        + ShellWord.of(cluster)
                        + " --restore-type copy-on-write --use-latest-restorable-time" + like(place, cluster) + TAGS);
    }

    private static String like(AwsPlace place, String cluster) {
        return " --db-cluster-parameter-group-name " + asked(place, cluster, "DBClusterParameterGroup")
                + " --db-subnet-group-name " + asked(place, cluster, "DBSubnetGroup") + " --vpc-security-group-ids "
                + asked(place, cluster, "VpcSecurityGroups[].VpcSecurityGroupId")
                + " $(" + describe(place, cluster) + " --query \"" + CAPACITY + "\" --output text)";
    }

    private static String describe(AwsPlace place, String cluster) {
        return "aws rds describe-db-clusters" + place.options() + " --db-cluster-identifier " + ShellWord.of(cluster);
    }

    private static String asked(AwsPlace place, String cluster, String what) {
        return "$(" + describe(place, cluster) + " --query 'DBClusters[0]." + what + "' --output text)";
    }

    /** Something of the writer of a cluster. */
    private static String askedWriter(AwsPlace place, String cluster, String query) {
        return "$(aws rds describe-db-instances" + place.options() + " --db-instance-identifier "
                + asked(place, cluster, "DBClusterMembers[?IsClusterWriter].DBInstanceIdentifier") + " --query \""
                + query
                + "\" --output text)";
    }

    /** Gives the run's cluster its writer, of the class of the other cluster's writer. */
    public static ControlPlaneOperation writer(OperationInfo info, AwsPlace place, String cluster) {
        return call(
                info,
                CREATE_WRITER,
                Map.of(
                        TemporaryCalls.INSTANCE,
                        Temporary.NAME,
                        CLUSTER,
                        Temporary.NAME,
                        "Engine",
                        ENGINE,
                        LIKE,
                        cluster,
                        TemporaryCalls.TAGS,
                        tags()),
                "aws rds create-db-instance" + place.options() + " --db-instance-identifier " + Temporary.NAME
                        + " --db-cluster-identifier " + Temporary.NAME + " --engine " + ENGINE
                        + " --db-instance-class " + askedWriter(place, cluster, "DBInstances[0].DBInstanceClass") + " "
                        + askedWriter(place, cluster, TemporaryCalls.PUBLIC_OR_NOT) + TAGS);
    }

    /** The command by which a person learns what the writer of the run's cluster tells of its crash recovery. */
    public static String askingForRecovery(AwsPlace place) {
        return askingForRecovery(place, Temporary.NAME);
    }

    /** The same of any instance. */
    static String askingForRecovery(AwsPlace place, String instance) {
        return "aws rds describe-events" + place.options() + " --source-type db-instance --source-identifier "
                + instance + " --duration 20160 --query \"Events[?contains(Message, 'crash recovery')].Message\""
                + " --output text";
    }

    /** The command by which a person learns where the run's cluster answers. */
    public static String askingForAddress(AwsPlace place) {
        return "aws rds describe-db-clusters" + place.options() + " --db-cluster-identifier " + Temporary.NAME
                + " --query 'DBClusters[0].[Endpoint,Port]' --output text";
    }

    /** Deletes the run's cluster, once it has no instance any more; nothing else, and nothing if it is gone. */
    public static ControlPlaneOperation deleteCluster(OperationInfo info, AwsPlace place) {
        return call(
                info,
                DELETE_CLUSTER,
                Map.of(CLUSTER, Temporary.NAME, "SkipFinalSnapshot", "true"),
                "aws rds delete-db-cluster" + place.options() + " --db-cluster-identifier " + Temporary.NAME
                        + " --skip-final-snapshot");
    }

    private static String tags() {
        return Temporary.TAG + "=" + ControlPlaneOperation.RUN;
    }

    private static ControlPlaneOperation call(
            OperationInfo info, String action, Map<String, String> parameters, String command) {
        return new ControlPlaneOperation(info, TemporaryCalls.SERVICE, action, new TreeMap<>(parameters), command);
    }
}
