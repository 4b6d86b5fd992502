// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.util.Set;

/** Deletes instances and clusters. */
final class DeleteActions {
    private static final String DELETION = "deletion";

    /** What can be deleted although it does not work. */
    private static final Set<String> BROKEN =
            Set.of("failed", "incompatible-restore", "incompatible-parameters", "storage-full");

    private DeleteActions() {}

    static void register(Actions actions) {
        actions.add(
                        "DeleteDBInstance",
                        DeleteActions::instance,
                        "DBInstanceIdentifier",
                        "SkipFinalSnapshot",
                        "DeleteAutomatedBackups")
                .add(
                        "DeleteDBCluster",
                        DeleteActions::cluster,
                        "DBClusterIdentifier",
                        "SkipFinalSnapshot",
                        "DeleteAutomatedBackups");
    }

    private static void requireSkip(Ask ask) {
        if (!ask.flag("SkipFinalSnapshot")) {
            throw ApiRefusal.combination("FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified");
        }
    }

    private static void requireUnprotected(boolean isProtected) {
        if (isProtected) {
            throw ApiRefusal.combination(
                    "Cannot delete protected DB Instance or Cluster, please disable deletion protection and try again.");
        }
    }

    private static void instance(Ask ask, Xml result) {
        ApiInstance instance = ask.region().instanceOf(ask.required("DBInstanceIdentifier"));
        if (instance.cluster().isEmpty()) {
            requireSkip(ask);
        }
        requireUnprotected(instance.isProtected());
        if (instance.status().equals("deleting")) {
            throw ApiRefusal.of("InvalidDBInstanceState", "Instance " + instance.id() + " is already being deleted.");
        }
        if (!BROKEN.contains(instance.status())) {
            instance.requireAvailable();
        }
        instance.cluster().ifPresent(DeleteActions::requireNotLastOfReadReplica);
        instance.show("deleting");
        boolean alone = instance.cluster().isEmpty();
        instance.stage("deleting", () -> {
            if (alone) {
                end(instance);
            }
        });
        instance.course().then(() -> gone(instance));
        result.with(InstanceXml.of(instance));
    }

    private static void requireNotLastOfReadReplica(ApiCluster cluster) {
        if (cluster.replicationSource().isPresent() && cluster.members().size() == 1) {
            throw ApiRefusal.of(
                    "InvalidDBClusterStateFault",
                    "The last instance of the read replica cluster " + cluster.id()
                            + " cannot be deleted. Promote the cluster first.");
        }
        if (cluster.status().equals("promoting")) {
            throw ApiRefusal.of("InvalidDBClusterStateFault", "DB cluster " + cluster.id() + " is being promoted.");
        }
    }

    private static void end(ApiInstance instance) {
        instance.machine().ifPresent(machine -> instance.region().world().end(machine));
    }

    private static void gone(ApiInstance instance) {
        ApiRegion region = instance.region();
        instance.replicas().forEach(replica -> {
            replica.follows(null);
            replica.region().event(replica, "Replication streaming has been terminated.", "read replica");
        });
        instance.cluster().ifPresent(cluster -> cluster.dismiss(instance));
        region.remove(instance);
        region.event(instance, "DB instance deleted", DELETION);
    }

    private static void cluster(Ask ask, Xml result) {
        ApiCluster cluster = ask.region().clusterOf(ask.required("DBClusterIdentifier"));
        requireSkip(ask);
        requireUnprotected(cluster.isProtected());
        if (!cluster.members().isEmpty()) {
            throw ApiRefusal.of(
                    "InvalidDBClusterStateFault", "Cluster cannot be deleted, it still contains DB instances.");
        }
        if (!BROKEN.contains(cluster.status())) {
            cluster.requireAvailable();
        }
        cluster.show("deleting");
        cluster.stage(
                "deleting",
                () -> cluster.machine()
                        .ifPresent(machine -> cluster.region().world().end(machine)));
        cluster.course().then(() -> {
            cluster.region().remove(cluster);
            cluster.region().event(cluster, "DB cluster deleted.", DELETION);
        });
        result.with(ClusterXml.of(cluster));
    }
}
