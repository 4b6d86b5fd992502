// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.util.List;
import java.util.Map;

/** Lists and changes clusters, and moves their writer. */
final class ClusterActions {
    private ClusterActions() {}

    static void register(Actions actions) {
        actions.add(
                        "DescribeDBClusters",
                        ClusterActions::describe,
                        "DBClusterIdentifier",
                        "Filters",
                        "MaxRecords",
                        "Marker",
                        "IncludeShared")
                .add(
                        "ModifyDBCluster",
                        ClusterActions::modify,
                        "DBClusterIdentifier",
                        "DBClusterParameterGroupName",
                        "BackupRetentionPeriod",
                        "VpcSecurityGroupIds",
                        "DeletionProtection",
                        "ApplyImmediately")
                .add(
                        "FailoverDBCluster",
                        ClusterActions::failover,
                        "DBClusterIdentifier",
                        "TargetDBInstanceIdentifier");
    }

    private static void describe(Ask ask, Xml result) {
        List<ApiCluster> all = ask
                .text("DBClusterIdentifier")
                .map(id -> List.of(ask.region().clusterOf(id)))
                .orElseGet(ask.region()::clusters)
                .stream()
                .filter(one -> Filters.match(ask, Map.of("db-cluster-id", one.id(), "engine", one.engine())))
                .toList();
        Page.write(ask, result, "DBClusters", all, ClusterXml::of);
    }

    private static void modify(Ask ask, Xml result) {
        ApiCluster cluster = ask.region().clusterOf(ask.required("DBClusterIdentifier"));
        cluster.requireAvailable();
        ParameterGroup group = ask.identifier("DBClusterParameterGroupName")
                .map(name -> group(cluster, name))
                .orElse(null);
        int retention = ask.number("BackupRetentionPeriod").orElse(cluster.backupRetention());
        if (retention < 1 || retention > 35) {
            throw ApiRefusal.value("Invalid backup retention period: " + retention);
        }
        cluster.backupRetention(retention);
        List<String> securityGroups = ask.list("VpcSecurityGroupIds.VpcSecurityGroupId");
        if (!securityGroups.isEmpty()) {
            cluster.securityGroups(securityGroups);
        }
        ask.text("DeletionProtection").ifPresent(on -> cluster.deletionProtection(Boolean.parseBoolean(on)));
        if (group != null && !cluster.groupName().equals(group.name())) {
            GroupChanges.attach(cluster, group);
        }
        result.with(ClusterXml.of(cluster));
    }

    static ParameterGroup group(ApiCluster cluster, String name) {
        ParameterGroup group = cluster.region().group(GroupKind.CLUSTER, name);
        String family = ParameterFamily.nameFor(cluster.engine(), cluster.engineVersion());
        if (!group.family().name().equals(family)) {
            throw ApiRefusal.combination("The parameter group " + name + " with DBParameterGroupFamily "
                    + group.family().name() + " cannot be used for this cluster. Use one of " + family);
        }
        return group;
    }

    private static void failover(Ask ask, Xml result) {
        ApiCluster cluster = ask.region().clusterOf(ask.required("DBClusterIdentifier"));
        cluster.requireAvailable();
        Failover.begin(cluster, ask.identifier("TargetDBInstanceIdentifier").orElse(null));
        result.with(ClusterXml.of(cluster));
    }
}
