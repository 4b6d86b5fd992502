// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lists, changes and reboots instances. */
final class InstanceActions {
    private static final int LONGEST_RETENTION = 35;

    private InstanceActions() {}

    static void register(Actions actions) {
        actions.add(
                        "DescribeDBInstances",
                        InstanceActions::describe,
                        "DBInstanceIdentifier",
                        "Filters",
                        "MaxRecords",
                        "Marker")
                .add(
                        "ModifyDBInstance",
                        InstanceActions::modify,
                        "DBInstanceIdentifier",
                        "BackupRetentionPeriod",
                        "DBParameterGroupName",
                        "VpcSecurityGroupIds",
                        "DeletionProtection",
                        "DBInstanceClass",
                        "PreferredBackupWindow",
                        "ApplyImmediately")
                .add("RebootDBInstance", InstanceActions::reboot, "DBInstanceIdentifier", "ForceFailover");
    }

    private static void describe(Ask ask, Xml result) {
        List<ApiInstance> all = ask
                .text("DBInstanceIdentifier")
                .map(id -> List.of(ask.region().instanceOf(id)))
                .orElseGet(ask.region()::instances)
                .stream()
                .filter(one -> Filters.match(
                        ask,
                        Map.of(
                                "db-instance-id", one.id(),
                                "engine", one.engine(),
                                "db-cluster-id",
                                        one.cluster().map(ApiCluster::id).orElse(""))))
                .toList();
        Page.write(ask, result, "DBInstances", all, InstanceXml::of);
    }

    private static void modify(Ask ask, Xml result) {
        ApiInstance instance = ask.region().instanceOf(ask.required("DBInstanceIdentifier"));
        instance.requireAvailable();
        ask.number("BackupRetentionPeriod").ifPresent(days -> checkRetention(instance, days));
        ParameterGroup group = ask.identifier("DBParameterGroupName")
                .map(name -> group(instance, name))
                .orElse(null);
        List<String> securityGroups = ask.list("VpcSecurityGroupIds.VpcSecurityGroupId");
        if (!securityGroups.isEmpty()) {
            instance.securityGroups(securityGroups);
        }
        ask.text("DeletionProtection").ifPresent(on -> instance.deletionProtection(Boolean.parseBoolean(on)));
        if (group != null && !instance.parameters().group().equals(group.name())) {
            GroupChanges.attach(instance, group);
        }
        ask.text("PreferredBackupWindow").ifPresent(instance::backupWindow);
        boolean now = ask.flag("ApplyImmediately");
        ask.text("DBInstanceClass").ifPresent(name -> changeClass(instance, name, now));
        ask.number("BackupRetentionPeriod").ifPresent(days -> changeRetention(instance, days, now));
        result.with(InstanceXml.of(instance));
    }

    private static void checkRetention(ApiInstance instance, int days) {
        if (days < 0 || days > LONGEST_RETENTION) {
            throw ApiRefusal.value("Invalid backup retention period: " + days
                    + ". Retention period must be between 0 and " + LONGEST_RETENTION);
        }
        if (instance.cluster().isPresent()) {
            throw ApiRefusal.combination(
                    "For Aurora the backup retention period is the cluster's; use ModifyDBCluster");
        }
        boolean has = !instance.replicas().isEmpty();
        if (days == 0 && has) {
            throw ApiRefusal.combination("Backups of " + instance.id() + " cannot be disabled: it has read replicas");
        }
    }

    static ParameterGroup group(ApiInstance instance, String name) {
        ParameterGroup group = instance.region().group(GroupKind.INSTANCE, name);
        String family = ParameterFamily.nameFor(instance.engine(), instance.engineVersion());
        if (!group.family().name().equals(family)) {
            throw ApiRefusal.combination("The parameter group " + name + " with DBParameterGroupFamily "
                    + group.family().name() + " cannot be used for this instance. Use one of " + family);
        }
        return group;
    }

    private static void changeClass(ApiInstance instance, String name, boolean now) {
        instance.pending().put("DBInstanceClass", name);
        if (now) {
            instance.stage("modifying", instance.restart());
            instance.course().then(() -> {
                instance.instanceClass(name);
                instance.pending().remove("DBInstanceClass");
                instance.show(ApiInstance.AVAILABLE);
            });
        }
    }

    /** To or from none it waits for the maintenance window, unless it shall be now, since it costs an outage. */
    private static void changeRetention(ApiInstance instance, int days, boolean now) {
        boolean restarts = (days > 0) != (instance.backupRetention() > 0);
        if (days == instance.backupRetention()) {
            return;
        }
        instance.pending().put("BackupRetentionPeriod", days);
        if (restarts && !now) {
            return;
        }
        instance.course()
                .then(() -> instance.show("modifying"))
                .then(() -> retain(instance, days), restarts ? instance.restart() : () -> {});
        instance.course().then(() -> {
            instance.pending().remove("BackupRetentionPeriod");
            if (restarts && days > 0) {
                instance.region().event(instance, "Finished DB Instance backup", "backup");
            }
            instance.show(ApiInstance.AVAILABLE);
        });
    }

    private static void retain(ApiInstance instance, int days) {
        boolean on = days > 0 && instance.backupRetention() == 0;
        boolean off = days == 0;
        instance.backupRetention(days);
        if (on) {
            instance.show("backing-up");
            instance.region().event(instance, "Automated backups enabled", "configuration change");
            instance.region().event(instance, "Backing up DB instance", "backup");
        }
        if (off) {
            instance.region().event(instance, "Automated backups disabled", "configuration change");
        }
    }

    private static void reboot(Ask ask, Xml result) {
        ApiInstance instance = ask.region().instanceOf(ask.required("DBInstanceIdentifier"));
        if (!Set.of(ApiInstance.AVAILABLE, "storage-full", "incompatible-parameters")
                .contains(instance.status())) {
            instance.requireAvailable();
        }
        boolean toStandby = ask.flag("ForceFailover");
        if (toStandby && !instance.isMultiAz()) {
            throw ApiRefusal.combination("ForceFailover cannot be specified since the instance is not configured for"
                    + " MultiAZ: " + instance.id());
        }
        if (toStandby) {
            Reboot.takeParameters(instance);
            instance.failOver();
        } else {
            Reboot.begin(instance);
        }
        result.with(InstanceXml.of(instance));
    }
}
