// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import dev.sluice.api.endpoint.ServerAddress;

/** A cluster as the API writes it. */
final class ClusterXml {
    private ClusterXml() {}

    static Xml of(ApiCluster cluster) {
        ServerAddress address = cluster.address();
        Xml xml = Xml.element("DBCluster")
                .with("DBClusterIdentifier", cluster.id())
                .with("DBClusterArn", cluster.arn())
                .with("DbClusterResourceId", cluster.resourceId())
                .with("Status", cluster.status())
                .with("Engine", cluster.engine())
                .with("EngineVersion", cluster.engineVersion())
                .with("EngineMode", "provisioned")
                .with("Endpoint", address.host())
                .with("ReaderEndpoint", address.host())
                .with("Port", address.port())
                .with("MasterUsername", "admin")
                .with("MultiAZ", cluster.members().size() > 1)
                .with("BackupRetentionPeriod", cluster.backupRetention())
                .with("DBClusterParameterGroup", cluster.groupName())
                .with("ClusterCreateTime", cluster.created())
                .with("DeletionProtection", cluster.isProtected())
                .with("StorageEncrypted", cluster.isEncrypted())
                .with("ReplicationSourceIdentifier", cluster.replicationSource().orElse(null))
                .list("VpcSecurityGroups", cluster.securityGroups(), InstanceXml::securityGroup)
                .list("DBClusterMembers", cluster.members(), member -> member(cluster, member));
        xml.list(
                "ReadReplicaIdentifiers",
                cluster.region().world().allClusters().stream()
                        .filter(one -> one.replicationSource()
                                .filter(cluster.arn()::equals)
                                .isPresent())
                        .toList(),
                replica -> Xml.of("ReadReplicaIdentifier", replica.arn()));
        if (!cluster.pending().isEmpty()) {
            Xml pending = Xml.element("PendingModifiedValues");
            cluster.pending().forEach(pending::with);
            xml.with(pending);
        }
        if (!cluster.capacity().isEmpty()) {
            xml.with(Xml.element("ServerlessV2ScalingConfiguration")
                    .with("MinCapacity", cluster.capacity().get(0))
                    .with("MaxCapacity", cluster.capacity().get(1)));
        }
        cluster.region().tags().write(cluster.arn(), xml);
        return xml;
    }

    private static Xml member(ApiCluster cluster, ApiInstance member) {
        return Xml.element("DBClusterMember")
                .with("DBInstanceIdentifier", member.id())
                .with("IsClusterWriter", cluster.isWriter(member))
                .with(
                        "DBClusterParameterGroupStatus",
                        member.clusterParameters().map(AppliedGroup::status).orElse("in-sync"))
                .with("PromotionTier", 1);
    }
}
