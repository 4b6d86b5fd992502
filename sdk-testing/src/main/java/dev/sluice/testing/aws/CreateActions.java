// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.util.Optional;

/** Makes empty instances and clusters, members of clusters, and clusters that follow something. */
final class CreateActions {
    private CreateActions() {}

    static void register(Actions actions) {
        actions.add(
                        "CreateDBInstance",
                        CreateActions::instance,
                        "DBInstanceIdentifier",
                        "DBClusterIdentifier",
                        "DBInstanceClass",
                        "Engine",
                        "EngineVersion",
                        "AllocatedStorage",
                        "MasterUsername",
                        "MasterUserPassword",
                        "BackupRetentionPeriod",
                        "DBParameterGroupName",
                        "DBSubnetGroupName",
                        "VpcSecurityGroupIds",
                        "PubliclyAccessible",
                        "PromotionTier",
                        "DeletionProtection",
                        "Tags")
                .add(
                        "CreateDBCluster",
                        CreateActions::cluster,
                        "DBClusterIdentifier",
                        "Engine",
                        "EngineVersion",
                        "MasterUsername",
                        "MasterUserPassword",
                        "ReplicationSourceIdentifier",
                        "BackupRetentionPeriod",
                        "DBClusterParameterGroupName",
                        "DBSubnetGroupName",
                        "VpcSecurityGroupIds",
                        "StorageEncrypted",
                        "KmsKeyId",
                        "PreSignedUrl",
                        "SourceRegion",
                        "DeletionProtection",
                        "Tags");
    }

    private static void instance(Ask ask, Xml result) {
        Optional<String> cluster = ask.identifier("DBClusterIdentifier");
        ApiInstance made = cluster.isPresent() ? member(ask, ask.region().clusterOf(cluster.get())) : alone(ask);
        result.with(InstanceXml.of(made));
    }

    private static ApiInstance member(Ask ask, ApiCluster cluster) {
        NewResources.requireAurora(ask);
        cluster.requireAvailable();
        boolean serverless =
                ask.text("DBInstanceClass").filter("db.serverless"::equals).isPresent();
        if (serverless && cluster.capacity().isEmpty()) {
            throw ApiRefusal.combination("Set the Serverless v2 scaling configuration on the parent DB cluster "
                    + cluster.id() + " before creating a Serverless v2 DB instance.");
        }
        ApiInstance member = NewResources.instance(ask, cluster.engine(), cluster.engineVersion());
        member.join(cluster);
        ask.region().add(member, ask.tags());
        Birth.ofMember(member, cluster);
        return member;
    }

    private static ApiInstance alone(Ask ask) {
        String engine = ask.required("Engine");
        if (!engine.equals("mysql")) {
            throw ApiRefusal.value("Invalid DB engine: " + engine);
        }
        ApiInstance instance = NewResources.instance(ask, engine, ask.required("EngineVersion"));
        instance.backupRetention(ask.number("BackupRetentionPeriod").orElse(1));
        ask.region().add(instance, ask.tags());
        String user = ask.required("MasterUsername");
        String password = ask.required("MasterUserPassword");
        Machines machines = ask.region().world().machines();
        Birth.of(
                instance,
                () -> machines.start(new NewServer(
                        instance.id(), engine, instance.engineVersion(), user, password, instance.settings())),
                () -> {});
        return instance;
    }

    private static void cluster(Ask ask, Xml result) {
        NewResources.requireAurora(ask);
        ApiCluster cluster = ask.text("ReplicationSourceIdentifier")
                .map(source -> replica(ask, source))
                .orElseGet(() -> empty(ask));
        cluster.backupRetention(ask.number("BackupRetentionPeriod").orElse(1));
        result.with(ClusterXml.of(cluster));
    }

    private static ApiCluster empty(Ask ask) {
        ApiCluster cluster = NewResources.cluster(ask, ask.text("EngineVersion").orElse("8.0.mysql_aurora.3.10.1"));
        String user = ask.required("MasterUsername");
        String password = ask.required("MasterUserPassword");
        ask.region().add(cluster, ask.tags());
        Machines machines = ask.region().world().machines();
        Birth.of(
                cluster,
                () -> machines.start(new NewServer(
                        cluster.id(), cluster.engine(), cluster.engineVersion(), user, password, cluster.settings())));
        return cluster;
    }

    /** Follows an instance of RDS for MySQL, or a cluster of another region. */
    private static ApiCluster replica(Ask ask, String arn) {
        boolean ofInstance = arn.contains(":db:");
        ApiRegion region = ask.region();
        String version = ofInstance
                ? source(region.instanceOf(arn), region).engineVersion()
                : source(region.clusterOf(arn), ask).engineVersion();
        Machine source = (ofInstance
                        ? region.instanceOf(arn).machine()
                        : region.clusterOf(arn).machine())
                .orElseThrow(() -> ApiRefusal.of("InvalidDBClusterStateFault", arn + " has no data"));
        ApiCluster cluster = NewResources.cluster(ask, NewResources.auroraVersion(ask, version));
        cluster.follows(arn);
        if (ask.text("KmsKeyId").isPresent()) {
            cluster.encrypted();
        }
        region.add(cluster, ask.tags());
        Birth.of(cluster, () -> Birth.replica(region.world(), source, cluster.settings()));
        return cluster;
    }

    private static ApiInstance source(ApiInstance instance, ApiRegion region) {
        instance.requireAvailable();
        ReplicaActions.requireBackups(instance);
        boolean taken = region.world().allClusters().stream()
                .anyMatch(one ->
                        one.replicationSource().filter(instance.arn()::equals).isPresent());
        if (taken) {
            throw ApiRefusal.of("InvalidDBInstanceState", instance.id() + " has an Aurora read replica already");
        }
        return instance;
    }

    /** Of another region, since within one a cluster has readers; and encrypted storage needs a key of the region that it is in. */
    private static ApiCluster source(ApiCluster cluster, Ask ask) {
        cluster.requireAvailable();
        if (cluster.region() == ask.region()) {
            throw ApiRefusal.combination(
                    "A read replica of the cluster " + cluster.id() + " is made in another region");
        }
        if (cluster.isEncrypted() && ask.text("KmsKeyId").isEmpty()) {
            throw ApiRefusal.combination(
                    "KmsKeyId is required for a read replica of the encrypted cluster " + cluster.id());
        }
        if (!cluster.settings().binaryLog()) {
            throw ApiRefusal.of(
                    "InvalidDBClusterStateFault",
                    "Binary logging is not enabled on the source cluster " + cluster.id());
        }
        return cluster;
    }
}
