// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.util.function.Supplier;

/** Makes instances and clusters from snapshots, and clones. */
final class RestoreActions {
    private static final String RESTORATION = "restoration";

    private RestoreActions() {}

    static void register(Actions actions) {
        actions.add(
                        "RestoreDBInstanceFromDBSnapshot",
                        RestoreActions::instance,
                        "DBInstanceIdentifier",
                        "DBSnapshotIdentifier",
                        "DBInstanceClass",
                        "DBParameterGroupName",
                        "DBSubnetGroupName",
                        "VpcSecurityGroupIds",
                        "PubliclyAccessible",
                        "DeletionProtection",
                        "Tags")
                .add(
                        "RestoreDBClusterFromSnapshot",
                        RestoreActions::cluster,
                        "DBClusterIdentifier",
                        "SnapshotIdentifier",
                        "Engine",
                        "EngineVersion",
                        "DBClusterParameterGroupName",
                        "DBSubnetGroupName",
                        "VpcSecurityGroupIds",
                        "ServerlessV2ScalingConfiguration",
                        "DeletionProtection",
                        "Tags")
                .add(
                        "RestoreDBClusterToPointInTime",
                        RestoreActions::clone,
                        "DBClusterIdentifier",
                        "SourceDBClusterIdentifier",
                        "RestoreType",
                        "UseLatestRestorableTime",
                        "DBClusterParameterGroupName",
                        "DBSubnetGroupName",
                        "VpcSecurityGroupIds",
                        "ServerlessV2ScalingConfiguration",
                        "DeletionProtection",
                        "Tags");
    }

    private static void instance(Ask ask, Xml result) {
        Snapshot snapshot = ask.region().snapshotOf(SnapshotKind.INSTANCE, ask.required("DBSnapshotIdentifier"));
        snapshot.requireAvailable();
        ApiInstance instance = NewResources.instance(
                ask, snapshot.origin().engine(), snapshot.origin().engineVersion());
        instance.backupRetention(snapshot.origin().backupRetention());
        ask.region().add(instance, ask.tags());
        Birth.of(
                instance,
                () -> snapshot.image().start(instance.settings()),
                () -> ask.region().event(instance, "Restored from snapshot " + snapshot.id(), RESTORATION));
        result.with(InstanceXml.of(instance));
    }

    private static void cluster(Ask ask, Xml result) {
        NewResources.requireAurora(ask);
        String id = ask.required("SnapshotIdentifier");
        SnapshotKind kind = id.contains(":snapshot:") ? SnapshotKind.INSTANCE : SnapshotKind.CLUSTER;
        Snapshot snapshot = ask.region().snapshotOf(kind, id);
        snapshot.requireAvailable();
        ApiCluster cluster = NewResources.cluster(
                ask, NewResources.auroraVersion(ask, snapshot.origin().engineVersion()));
        cluster.tellsPosition(
                kind == SnapshotKind.CLUSTER || ask.region().world().is(Unsure.MIGRATED_CLUSTER_TELLS_POSITION));
        begin(ask, cluster, () -> snapshot.image().start(cluster.settings()));
        result.with(ClusterXml.of(cluster));
    }

    private static void clone(Ask ask, Xml result) {
        ApiCluster source = ask.region().clusterOf(ask.required("SourceDBClusterIdentifier"));
        source.requireAvailable();
        if (!ask.flag("UseLatestRestorableTime")) {
            throw ApiRefusal.combination("This look-alike restores to the latest time only");
        }
        Machine machine = source.machine()
                .filter(any -> !source.members().isEmpty())
                .orElseThrow(() ->
                        ApiRefusal.of("InvalidDBClusterStateFault", "The cluster " + source.id() + " has no instance"));
        ApiCluster cluster = NewResources.cluster(ask, source.engineVersion());
        cluster.tellsPosition(true);
        begin(ask, cluster, () -> {
            try (MachineImage image = machine.image()) {
                return image.start(cluster.settings());
            }
        });
        result.with(ClusterXml.of(cluster));
    }

    private static void begin(Ask ask, ApiCluster cluster, Supplier<Machine> maker) {
        ask.text("ServerlessV2ScalingConfiguration.MaxCapacity")
                .ifPresent(most ->
                        cluster.serverlessV2(ask.required("ServerlessV2ScalingConfiguration.MinCapacity"), most));
        ask.region().add(cluster, ask.tags());
        Birth.of(cluster, maker);
    }
}
