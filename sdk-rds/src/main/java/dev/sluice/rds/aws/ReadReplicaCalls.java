// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.OperationInfo;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The calls that make an Aurora cluster to which AWS itself replicates from a cluster of another region, that end this for good, and that take
 * the cluster back: as operations, and as commands for people. What they make has the tags {@code sluice-run} and {@code sluice-source}; they
 * delete nothing that is not tagged as this run's.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Replication.CrossRegion.html">AWS: replicating Aurora
 *     MySQL clusters across regions</a>
 * @param cluster what is made, where, and from what; its shape names a class for its instance
 * @param kmsKeyOrNull the key in its region that its storage is encrypted with; null for storage that is not
 */
public record ReadReplicaCalls(
        ReplicaClusterCalls cluster, @Nullable String kmsKeyOrNull) {
    static final String CREATE = "CreateDBCluster";
    static final String PROMOTE = "PromoteReadReplicaDBCluster";
    static final String SOURCE = "ReplicationSourceIdentifier";
    static final String KEY = "KmsKeyId";
    static final String ENGINE = "aurora-mysql";

    /** Makes the cluster, without instances; replication begins with its first one. */
    public ControlPlaneOperation create(OperationInfo info) {
        Map<String, String> parameters = cluster.owned();
        parameters.put(TemporaryClusterCalls.CLUSTER, cluster.id());
        parameters.put("Engine", ENGINE);
        parameters.put(SOURCE, MadeFrom.source(cluster.from(), cluster.source()));
        cluster.addOwn(parameters);
        if (kmsKeyOrNull != null) {
            parameters.put(KEY, kmsKeyOrNull);
        }
        return new ControlPlaneOperation(
                info,
                TemporaryCalls.SERVICE,
                CREATE,
                parameters,
                "aws rds create-db-cluster" + cluster.place().options() + " --db-cluster-identifier " + cluster.id()
                        + " --engine " + ENGINE + " --engine-version " + asked("EngineVersion")
                        + " --replication-source-identifier " + asked("DBClusterArn") + own() + cluster.tags());
    }

    private String own() {
        CopyShape shape = cluster.shape();
        return (kmsKeyOrNull == null
                        ? ""
                        : " --storage-encrypted --kms-key-id " + ShellWord.of(kmsKeyOrNull) + " --source-region "
                                + cluster.from().region())
                + shape.parameterGroup()
                        .map(group -> " --db-cluster-parameter-group-name " + ShellWord.of(group))
                        .orElse("")
                + shape.subnetGroup()
                        .map(group -> " --db-subnet-group-name " + ShellWord.of(group))
                        .orElse("")
                + (shape.securityGroups().isEmpty()
                        ? ""
                        : " --vpc-security-group-ids " + String.join(" ", shape.securityGroups()));
    }

    private String asked(String what) {
        return "$(aws rds describe-db-clusters" + cluster.from().options() + " --db-cluster-identifier "
                + cluster.source() + " --query 'DBClusters[0]." + what + "' --output text)";
    }

    /** Gives the cluster its writer. */
    public ControlPlaneOperation writer(OperationInfo info) {
        String instanceClass = cluster.shape()
                .instanceClass()
                .orElseThrow(() -> new IllegalStateException("A class for the instance of " + cluster.id()));
        Map<String, String> parameters = cluster.owned();
        parameters.put(TemporaryCalls.INSTANCE, cluster.writerId());
        parameters.put(TemporaryClusterCalls.CLUSTER, cluster.id());
        parameters.put("Engine", ENGINE);
        parameters.put(ReplicaClusterCalls.CLASS, instanceClass);
        return new ControlPlaneOperation(
                info,
                TemporaryCalls.SERVICE,
                TemporaryClusterCalls.CREATE_WRITER,
                parameters,
                "aws rds create-db-instance" + cluster.place().options() + " --db-instance-identifier "
                        + cluster.writerId() + " --db-cluster-identifier " + cluster.id() + " --engine " + ENGINE
                        + " --db-instance-class " + ShellWord.of(instanceClass) + cluster.tags());
    }

    /** Whether a call makes the instance of such a cluster, which is like no other. */
    static boolean isWriter(ControlPlaneOperation call) {
        return call.action().equals(TemporaryClusterCalls.CREATE_WRITER)
                && !call.parameters().containsKey(TemporaryClusterCalls.LIKE)
                && !call.parameters().containsKey(ReplicaClusterCalls.LIKE_INSTANCE);
    }

    /** Ends the replication to the cluster if this run made it, so that its last instance can be deleted; nothing if it is gone or ended. */
    public ControlPlaneOperation promoteOwn(OperationInfo info) {
        return promotion(info, cluster.place(), cluster.id(), Map.of(Ownership.RUN, ControlPlaneOperation.RUN));
    }

    /**
     * Ends the replication to a cluster for good, whoever made it; nothing if it has ended.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_PromoteReadReplicaDBCluster.html">AWS:
     *     PromoteReadReplicaDBCluster</a>
     */
    public static ControlPlaneOperation promote(OperationInfo info, AwsPlace place, String id) {
        return promotion(info, place, id, Map.of());
    }

    private static ControlPlaneOperation promotion(
            OperationInfo info, AwsPlace place, String id, Map<String, String> owner) {
        Map<String, String> parameters = new TreeMap<>(owner);
        parameters.put(TemporaryClusterCalls.CLUSTER, id);
        return new ControlPlaneOperation(
                info,
                TemporaryCalls.SERVICE,
                PROMOTE,
                parameters,
                "aws rds promote-read-replica-db-cluster" + place.options() + " --db-cluster-identifier " + id);
    }

    /** Deletes the cluster, once it has no instance any more, if this run made it; nothing if it is gone. */
    public ControlPlaneOperation deleteCluster(OperationInfo info) {
        return cluster.deleteCluster(info);
    }

    /** Deletes the cluster's writer, if this run made it; nothing if it is gone. */
    public ControlPlaneOperation deleteWriter(OperationInfo info) {
        return cluster.deleteWriter(info);
    }

    /** Whose state AWS may have refused such a call for; empty for other calls. */
    static Optional<GroupOwner> subject(AwsPlace place, ControlPlaneOperation call) {
        if (call.action().equals(CREATE)) {
            return Optional.of(source(place, call));
        }
        return isWriter(call)
                ? Optional.of(GroupOwner.cluster(place, RdsCalls.parameter(call, TemporaryClusterCalls.CLUSTER)))
                : Optional.empty();
    }

    /** What is replicated from: in the account of the replica, and another region. */
    static GroupOwner source(AwsPlace place, ControlPlaneOperation call) {
        String[] named = RdsCalls.parameter(call, SOURCE).split("/", 2);
        return GroupOwner.cluster(new AwsPlace(place.account(), named[0]), named[1]);
    }
}
