// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

/** Read replicas that RDS manages: made and promoted. */
final class ReplicaActions {
    private static final int MOST_REPLICAS = 15;
    private static final int LONGEST_CHAIN = 3;
    private static final String CATEGORY = "read replica";

    private ReplicaActions() {}

    static void register(Actions actions) {
        actions.add(
                        "CreateDBInstanceReadReplica",
                        ReplicaActions::create,
                        "DBInstanceIdentifier",
                        "SourceDBInstanceIdentifier",
                        "DBInstanceClass",
                        "DBParameterGroupName",
                        "DBSubnetGroupName",
                        "VpcSecurityGroupIds",
                        "PubliclyAccessible",
                        "KmsKeyId",
                        "PreSignedUrl",
                        "SourceRegion",
                        "DeletionProtection",
                        "Tags")
                .add("PromoteReadReplica", ReplicaActions::promote, "DBInstanceIdentifier", "BackupRetentionPeriod")
                .add("PromoteReadReplicaDBCluster", ReplicaActions::promoteCluster, "DBClusterIdentifier");
    }

    static void requireBackups(ApiInstance source) {
        if (source.backupRetention() == 0) {
            throw ApiRefusal.of(
                    "InvalidDBInstanceState",
                    "Automated backups are not enabled for this database instance: " + source.id()
                            + ". To enable automated backups, use ModifyDBInstance to set the backup retention period"
                            + " to a non-zero value.");
        }
    }

    private static void create(Ask ask, Xml result) {
        ApiInstance source = ask.region().instanceOf(ask.required("SourceDBInstanceIdentifier"));
        source.requireAvailable();
        requireBackups(source);
        if (source.replicas().size() >= MOST_REPLICAS || depth(source) >= LONGEST_CHAIN) {
            throw ApiRefusal.of("InstanceQuotaExceeded", "Too many read replicas of " + source.id());
        }
        Machine machine = source.machine()
                .orElseThrow(() -> ApiRefusal.of("InvalidDBInstanceState", source.id() + " has no data"));
        ApiInstance replica = NewResources.instance(ask, source.engine(), source.engineVersion());
        replica.follows(source);
        if (ask.text("DBParameterGroupName").isEmpty() && source.region() == ask.region()) {
            replica.parameters()
                    .begin(ask.region()
                            .group(GroupKind.INSTANCE, source.parameters().group()));
        }
        ask.region().add(replica, ask.tags());
        Birth.of(
                replica,
                () -> Birth.replica(ask.region().world(), machine, replica.settings()),
                () -> ask.region().event(replica, "Replication for the Read Replica resumed", CATEGORY));
        result.with(InstanceXml.of(replica));
    }

    private static int depth(ApiInstance instance) {
        return 1 + instance.source().map(ReplicaActions::depth).orElse(0);
    }

    private static void promote(Ask ask, Xml result) {
        ApiInstance replica = ask.region().instanceOf(ask.required("DBInstanceIdentifier"));
        replica.requireAvailable();
        if (replica.source().isEmpty()) {
            throw ApiRefusal.of("InvalidDBInstanceState", replica.id() + " is not a read replica");
        }
        int days = ask.number("BackupRetentionPeriod").orElse(1);
        replica.stage(
                "modifying",
                () -> replica.machine()
                        .ifPresent(machine -> Birth.promote(ask.region().world(), machine)));
        replica.course()
                .then(
                        () -> {
                            replica.follows(null);
                            replica.backupRetention(days);
                            replica.show("rebooting");
                        },
                        replica.restart());
        replica.course().then(() -> {
            replica.region().event(replica, "Promoted Read Replica to a stand-alone database instance", CATEGORY);
            replica.show(days > 0 ? "backing-up" : ApiInstance.AVAILABLE);
        });
        replica.stage(ApiInstance.AVAILABLE);
        result.with(InstanceXml.of(replica));
    }

    private static void restarted(ApiCluster promoted) {
        if (promoted.region().world().is(Unsure.PROMOTED_CLUSTER_RESTARTS)) {
            promoted.machine().ifPresent(machine -> machine.restart(promoted.settings()));
        }
    }

    private static void promoteCluster(Ask ask, Xml result) {
        ApiCluster replica = ask.region().clusterOf(ask.required("DBClusterIdentifier"));
        replica.requireAvailable();
        if (replica.replicationSource().isEmpty()) {
            throw ApiRefusal.of("InvalidDBClusterStateFault", replica.id() + " is not a read replica cluster");
        }
        replica.stage(
                "promoting",
                () -> replica.machine()
                        .ifPresent(machine -> Birth.promote(ask.region().world(), machine)));
        replica.course().then(() -> replica.follows(null), () -> restarted(replica));
        replica.course().then(() -> {
            replica.region()
                    .event(replica, "Promoted Read Replica cluster to a stand-alone database cluster", "notification");
            replica.show(ApiInstance.AVAILABLE);
        });
        result.with(ClusterXml.of(replica));
    }
}
