// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

/** An instance as the API writes it. */
final class InstanceXml {
    private InstanceXml() {}

    static Xml of(ApiInstance instance) {
        Xml xml = Xml.element("DBInstance")
                .with("DBInstanceIdentifier", instance.id())
                .with("DBInstanceClass", instance.instanceClass())
                .with("Engine", instance.engine())
                .with("EngineVersion", instance.engineVersion())
                .with("DBInstanceStatus", instance.status())
                .with("MasterUsername", "admin")
                .with("AllocatedStorage", 100)
                .with("InstanceCreateTime", instance.created())
                .with("BackupRetentionPeriod", instance.backupRetention())
                .with("PreferredBackupWindow", instance.backupWindow())
                .with("MultiAZ", instance.isMultiAz())
                .with("AvailabilityZone", instance.region().name() + "a")
                .with("DeletionProtection", instance.isProtected())
                .with("DBInstanceArn", instance.arn())
                .with(
                        "DBClusterIdentifier",
                        instance.cluster().map(ApiCluster::id).orElse(null));
        instance.address()
                .ifPresent(address -> xml.with(
                        Xml.element("Endpoint").with("Address", address.host()).with("Port", address.port())));
        xml.with(pending(instance));
        groups(instance, xml);
        replication(instance, xml);
        instance.region().tags().write(instance.arn(), xml);
        return xml;
    }

    private static Xml pending(ApiInstance instance) {
        Xml pending = Xml.element("PendingModifiedValues");
        instance.pending().forEach(pending::with);
        return pending;
    }

    private static void groups(ApiInstance instance, Xml xml) {
        xml.list("VpcSecurityGroups", instance.securityGroups(), InstanceXml::securityGroup);
        xml.with(Xml.element("DBParameterGroups")
                .with(Xml.element("DBParameterGroup")
                        .with("DBParameterGroupName", instance.parameters().group())
                        .with("ParameterApplyStatus", instance.parameters().status())));
    }

    static Xml securityGroup(String id) {
        return Xml.element("VpcSecurityGroupMembership")
                .with("VpcSecurityGroupId", id)
                .with("Status", "active");
    }

    private static void replication(ApiInstance instance, Xml xml) {
        xml.list(
                "ReadReplicaDBInstanceIdentifiers",
                instance.replicas(),
                replica -> Xml.of("ReadReplicaDBInstanceIdentifier", reference(instance, replica)));
        xml.list(
                "ReadReplicaDBClusterIdentifiers",
                instance.region().world().allClusters().stream()
                        .filter(one -> one.replicationSource()
                                .filter(instance.arn()::equals)
                                .isPresent())
                        .toList(),
                cluster -> Xml.of("ReadReplicaDBClusterIdentifier", cluster.id()));
        instance.source().ifPresent(source -> {
            xml.with("ReadReplicaSourceDBInstanceIdentifier", reference(instance, source));
            instance.replication()
                    .ifPresent(state -> xml.with(Xml.element("StatusInfos")
                            .with(Xml.element("DBInstanceStatusInfo")
                                    .with("StatusType", "read replication")
                                    .with("Normal", state.isNormal())
                                    .with("Status", state.status()))));
        });
    }

    /** An identifier within a region, an ARN across. */
    private static String reference(ApiInstance from, ApiInstance to) {
        return from.region() == to.region() ? to.id() : to.arn();
    }
}
