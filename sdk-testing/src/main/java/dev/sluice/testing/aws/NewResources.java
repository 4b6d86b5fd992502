// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.util.List;

/** What the calls that make instances and clusters have in common. */
final class NewResources {
    private NewResources() {}

    static ApiInstance instance(Ask ask, String engine, String engineVersion) {
        String id = ask.newIdentifier("DBInstanceIdentifier");
        if (ask.region().findInstance(id).isPresent()) {
            throw ApiRefusal.of("DBInstanceAlreadyExists", "DB instance already exists: " + id);
        }
        ApiInstance instance = new ApiInstance(ask.region(), id, engine, engineVersion);
        ask.identifier("DBParameterGroupName")
                .ifPresent(name -> instance.parameters().begin(InstanceActions.group(instance, name)));
        ask.text("DBInstanceClass").ifPresent(instance::instanceClass);
        ask.text("DeletionProtection").ifPresent(on -> instance.deletionProtection(Boolean.parseBoolean(on)));
        List<String> securityGroups = ask.list("VpcSecurityGroupIds.VpcSecurityGroupId");
        if (!securityGroups.isEmpty()) {
            instance.securityGroups(securityGroups);
        }
        return instance;
    }

    static ApiCluster cluster(Ask ask, String engineVersion) {
        String id = ask.newIdentifier("DBClusterIdentifier");
        if (ask.region().findCluster(id).isPresent()) {
            throw ApiRefusal.of("DBClusterAlreadyExistsFault", "DB cluster already exists: " + id);
        }
        ApiCluster cluster = new ApiCluster(ask.region(), id, engineVersion);
        ask.identifier("DBClusterParameterGroupName")
                .ifPresent(name ->
                        cluster.groupName(ClusterActions.group(cluster, name).name()));
        ask.text("DeletionProtection").ifPresent(on -> cluster.deletionProtection(Boolean.parseBoolean(on)));
        List<String> securityGroups = ask.list("VpcSecurityGroupIds.VpcSecurityGroupId");
        if (!securityGroups.isEmpty()) {
            cluster.securityGroups(securityGroups);
        }
        return cluster;
    }

    static void requireAurora(Ask ask) {
        String engine = ask.required("Engine");
        if (!engine.equals("aurora-mysql")) {
            throw ApiRefusal.value("Invalid DB engine: " + engine);
        }
    }

    /** The Aurora version for data of an engine of some version. */
    static String auroraVersion(Ask ask, String engineVersion) {
        String major = ParameterFamily.nameFor("", engineVersion);
        String same = engineVersion.contains("mysql_aurora") ? engineVersion : newestAurora(major);
        String wanted = ask.text("EngineVersion").orElse(same);
        if (!ParameterFamily.nameFor("", wanted).equals(major)) {
            throw ApiRefusal.combination("Data of version " + engineVersion + " cannot be restored to " + wanted);
        }
        return wanted;
    }

    private static String newestAurora(String major) {
        return switch (major) {
            case "5.7" -> "5.7.mysql_aurora.2.12.5";
            case "8.0" -> "8.0.mysql_aurora.3.10.1";
            case "8.4" -> "8.4.mysql_aurora.8.4.8";
            default -> throw ApiRefusal.combination("No Aurora version for data of version " + major);
        };
    }
}
