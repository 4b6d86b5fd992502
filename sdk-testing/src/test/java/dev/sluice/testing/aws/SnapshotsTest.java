// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;
import software.amazon.awssdk.services.rds.model.DBSnapshot;

/** Snapshots: made, listed, deleted, restored. */
class SnapshotsTest extends ApiTest {
    private static final String AURORA = "8.0.mysql_aurora.3.08.0";
    private static final String POSITION = "Binlog position from crash recovery is mysql-bin-changelog.000003 4278";

    private DBSnapshot snapshot(String id) {
        return rds.describeDBSnapshots(ask -> ask.dbSnapshotIdentifier(id))
                .dbSnapshots()
                .get(0);
    }

    private DBClusterSnapshot clusterSnapshot(String id) {
        return rds.describeDBClusterSnapshots(ask -> ask.dbClusterSnapshotIdentifier(id))
                .dbClusterSnapshots()
                .get(0);
    }

    private void snapshotOfOrders() {
        region.instance("orders", "8.0.36", 7);
        rds.createDBSnapshot(ask -> ask.dbInstanceIdentifier("orders")
                .dbSnapshotIdentifier("before")
                .tags(tag("run", "r-1")));
        api.passAll();
    }

    private void snapshotOfShop() {
        region.cluster("shop", AURORA);
        rds.createDBClusterSnapshot(ask -> ask.dbClusterIdentifier("shop")
                .dbClusterSnapshotIdentifier("before")
                .tags(tag("run", "r-1")));
        api.passAll();
    }

    /** A group with binary logs on, without which no position is told. */
    private void logs() {
        rds.createDBClusterParameterGroup(ask -> ask.dbClusterParameterGroupName("logs")
                .dbParameterGroupFamily("aurora-mysql8.0")
                .description("logs"));
        rds.modifyDBClusterParameterGroup(ask ->
                ask.dbClusterParameterGroupName("logs").parameters(set("binlog_format", "ROW", "pending-reboot")));
    }

    private void member(String cluster) {
        rds.createDBInstance(ask -> ask.dbInstanceIdentifier(cluster + "-1")
                .dbClusterIdentifier(cluster)
                .engine("aurora-mysql")
                .dbInstanceClass("db.r6g.large"));
    }

    @Test
    void aSnapshotOfAnInstanceComesUpWithProgress() {
        region.instance("orders", "8.0.36", 7);

        rds.createDBSnapshot(ask -> ask.dbInstanceIdentifier("orders").dbSnapshotIdentifier("Before"));

        assertThat(instanceStatus("orders")).isEqualTo("backing-up");
        assertThat(snapshot("before").status()).isEqualTo("creating");
        assertThat(snapshot("before").percentProgress()).isZero();
        api.passAll();
        assertThat(instanceStatus("orders")).isEqualTo("available");
        DBSnapshot made = snapshot("before");
        assertThat(made.status()).isEqualTo("available");
        assertThat(made.percentProgress()).isEqualTo(100);
        assertThat(made.dbInstanceIdentifier()).isEqualTo("orders");
        assertThat(made.engineVersion()).isEqualTo("8.0.36");
        assertThat(made.snapshotType()).isEqualTo("manual");
        assertThat(made.dbSnapshotArn()).isEqualTo("arn:aws:rds:eu-west-1:123456789012:snapshot:before");
        assertThat(events("before", "db-snapshot"))
                .containsExactly("Creating manual snapshot", "Manual snapshot created");
        assertRefused(
                "DBSnapshotAlreadyExists",
                "before",
                () -> rds.createDBSnapshot(
                        ask -> ask.dbInstanceIdentifier("orders").dbSnapshotIdentifier("before")));
    }

    @Test
    void snapshotsAreFoundByTheirOriginAndDeleted() {
        snapshotOfOrders();

        assertThat(rds.describeDBSnapshots(ask -> ask.dbInstanceIdentifier("orders"))
                        .dbSnapshots())
                .singleElement()
                .satisfies(one -> assertThat(one.tagList()).hasSize(1));
        assertThat(rds.describeDBSnapshots(ask -> ask.dbInstanceIdentifier("others"))
                        .dbSnapshots())
                .isEmpty();
        rds.deleteDBSnapshot(ask -> ask.dbSnapshotIdentifier("before"));
        assertRefused("DBSnapshotNotFound", "before", () -> snapshot("before"));
        assertRefused(
                "DBSnapshotNotFound", "before", () -> rds.deleteDBSnapshot(ask -> ask.dbSnapshotIdentifier("before")));
    }

    @Test
    void aSnapshotIsCopiedToAnotherRegionAndOutlivesItsOriginal() {
        snapshotOfOrders();
        String arn = snapshot("before").dbSnapshotArn();
        var there = clients.rds("us-east-1", "AKIDTEST");

        there.copyDBSnapshot(ask -> ask.sourceDBSnapshotIdentifier(arn)
                .targetDBSnapshotIdentifier("copy")
                .sourceRegion(ApiClients.REGION));
        api.passAll();
        rds.deleteDBSnapshot(ask -> ask.dbSnapshotIdentifier("before"));
        there.restoreDBInstanceFromDBSnapshot(
                ask -> ask.dbInstanceIdentifier("orders").dbSnapshotIdentifier("copy"));
        api.passAll();

        assertThat(there.describeDBInstances().dbInstances())
                .singleElement()
                .satisfies(one -> assertThat(one.dbInstanceStatus()).isEqualTo("available"));
    }

    @Test
    void anInstanceIsRestored() {
        snapshotOfOrders();

        rds.restoreDBInstanceFromDBSnapshot(ask -> ask.dbInstanceIdentifier("orders-2")
                .dbSnapshotIdentifier("before")
                .vpcSecurityGroupIds("sg-1")
                .tags(tag("run", "r-1")));

        assertThat(instanceStatus("orders-2")).isEqualTo("creating");
        assertThat(instance("orders-2").endpoint()).isNull();
        assertThat(instance("orders-2").tagList()).hasSize(1);
        api.pass();
        assertThat(instanceStatus("orders-2")).isEqualTo("creating");
        api.pass();
        assertThat(instanceStatus("orders-2")).isEqualTo("backing-up");
        api.passAll();
        assertThat(instanceStatus("orders-2")).isEqualTo("available");
        assertThat(instance("orders-2").endpoint()).isNotNull();
        assertThat(instance("orders-2").backupRetentionPeriod()).isEqualTo(7);
        assertThat(instance("orders-2").vpcSecurityGroups().get(0).vpcSecurityGroupId())
                .isEqualTo("sg-1");
        assertThat(events("orders-2", "db-instance"))
                .containsExactly("DB instance created", "Restored from snapshot before");
        assertRefused(
                "DBInstanceAlreadyExists",
                "orders-2",
                () -> rds.restoreDBInstanceFromDBSnapshot(
                        ask -> ask.dbInstanceIdentifier("orders-2").dbSnapshotIdentifier("before")));
    }

    @Test
    void aRestoreCanEndBadly() {
        snapshotOfOrders();
        region.failNextRestore("incompatible-restore");

        rds.restoreDBInstanceFromDBSnapshot(
                ask -> ask.dbInstanceIdentifier("orders-2").dbSnapshotIdentifier("before"));
        api.passAll();

        assertThat(instanceStatus("orders-2")).isEqualTo("incompatible-restore");
        rds.deleteDBInstance(ask -> ask.dbInstanceIdentifier("orders-2").skipFinalSnapshot(true));
        api.passAll();
        assertThat(region.findInstance("orders-2")).isEmpty();
    }

    @Test
    void aClustersFirstInstanceTellsThePosition() {
        snapshotOfShop();
        logs();
        assertThat(clusterSnapshot("before").status()).isEqualTo("available");
        assertThat(clusterSnapshot("before").percentProgress()).isEqualTo(100);
        assertThat(clusterSnapshot("before").tagList()).hasSize(1);
        assertThat(events("before", "db-cluster-snapshot"))
                .containsExactly("Creating manual cluster snapshot", "Manual cluster snapshot created");

        rds.restoreDBClusterFromSnapshot(ask -> ask.dbClusterIdentifier("copy")
                .snapshotIdentifier("before")
                .engine("aurora-mysql")
                .dbClusterParameterGroupName("logs"));
        assertThat(cluster("copy").status()).isEqualTo("creating");
        api.passAll();
        assertThat(cluster("copy").status()).isEqualTo("available");
        assertThat(cluster("copy").dbClusterMembers()).isEmpty();
        assertThat(cluster("copy").engineVersion()).isEqualTo(AURORA);
        member("copy");
        assertThat(instanceStatus("copy-1")).isEqualTo("creating");
        assertThat(events("copy-1", "db-instance")).isEmpty();
        api.passAll();

        assertThat(events("copy-1", "db-instance")).containsExactly("DB instance created", POSITION);
        assertThat(cluster("copy").dbClusterMembers()).singleElement().satisfies(one -> {
            assertThat(one.isClusterWriter()).isTrue();
            assertThat(one.dbClusterParameterGroupStatus()).isEqualTo("in-sync");
        });
    }

    @Test
    void aCloneNeedsAnInstanceAndTellsThePosition() {
        region.cluster("shop", AURORA);
        logs();
        rds.restoreDBClusterToPointInTime(ask -> ask.dbClusterIdentifier("clone")
                .sourceDBClusterIdentifier("shop")
                .restoreType("copy-on-write")
                .useLatestRestorableTime(true)
                .dbClusterParameterGroupName("logs"));
        api.passAll();
        assertRefused(
                "InvalidDBClusterStateFault",
                "no instance",
                () -> rds.restoreDBClusterToPointInTime(ask -> ask.dbClusterIdentifier("next")
                        .sourceDBClusterIdentifier("clone")
                        .useLatestRestorableTime(true)));
        member("clone");
        api.passAll();
        assertThat(events("clone-1", "db-instance")).contains(POSITION);
    }

    @Test
    void aSnapshotOfAnInstanceBecomesAClusterOfTheSameMajorVersion() {
        snapshotOfOrders();
        logs();
        String arn = snapshot("before").dbSnapshotArn();

        rds.restoreDBClusterFromSnapshot(ask -> ask.dbClusterIdentifier("shop")
                .snapshotIdentifier(arn)
                .engine("aurora-mysql")
                .dbClusterParameterGroupName("logs"));
        api.passAll();
        member("shop");
        api.passAll();

        assertThat(cluster("shop").engineVersion()).startsWith("8.0.mysql_aurora.3.");
        assertThat(events("shop-1", "db-instance")).containsExactly("DB instance created");
        assertRefused(
                "InvalidParameterCombination",
                "cannot be restored",
                () -> rds.restoreDBClusterFromSnapshot(ask -> ask.dbClusterIdentifier("shop-2")
                        .snapshotIdentifier(arn)
                        .engine("aurora-mysql")
                        .engineVersion("5.7.mysql_aurora.2.12.5")));
    }

    @Test
    void clusterSnapshotsAreDeletedAndAClusterOnlyWithoutInstances() {
        snapshotOfShop();
        rds.deleteDBClusterSnapshot(ask -> ask.dbClusterSnapshotIdentifier("before"));
        assertRefused("DBClusterSnapshotNotFoundFault", "before", () -> clusterSnapshot("before"));

        assertRefused(
                "InvalidDBClusterStateFault",
                "still contains",
                () -> rds.deleteDBCluster(ask -> ask.dbClusterIdentifier("shop").skipFinalSnapshot(true)));
        rds.deleteDBInstance(ask -> ask.dbInstanceIdentifier("shop-1"));
        assertThat(instanceStatus("shop-1")).isEqualTo("deleting");
        api.passAll();
        rds.deleteDBCluster(ask -> ask.dbClusterIdentifier("shop").skipFinalSnapshot(true));
        api.passAll();

        assertRefused("DBClusterNotFoundFault", "shop", () -> cluster("shop"));
        assertThat(events("shop", "db-cluster")).containsExactly("DB cluster deleted.");
    }

    @Test
    void whatIsProtectedIsNotDeleted() {
        region.instance("orders", "8.0.36", 1);
        rds.modifyDBInstance(ask -> ask.dbInstanceIdentifier("orders").deletionProtection(true));

        assertRefused(
                "InvalidParameterCombination",
                "deletion protection",
                () -> rds.deleteDBInstance(
                        ask -> ask.dbInstanceIdentifier("orders").skipFinalSnapshot(true)));
        rds.modifyDBInstance(ask -> ask.dbInstanceIdentifier("orders").deletionProtection(false));
        assertRefused(
                "InvalidParameterCombination",
                "FinalDBSnapshotIdentifier",
                () -> rds.deleteDBInstance(ask -> ask.dbInstanceIdentifier("orders")));
        rds.deleteDBInstance(ask -> ask.dbInstanceIdentifier("orders").skipFinalSnapshot(true));
        api.passAll();
        assertThat(region.findInstance("orders")).isEmpty();
    }

    @Test
    void emptyInstancesAndClustersAreMade() {
        rds.createDBInstance(ask -> ask.dbInstanceIdentifier("orders")
                .engine("mysql")
                .engineVersion("8.4.7")
                .dbInstanceClass("db.r6g.large")
                .allocatedStorage(20)
                .masterUsername("admin")
                .masterUserPassword("Not-To-Be-Shown-1")
                .backupRetentionPeriod(0));
        rds.createDBCluster(ask -> ask.dbClusterIdentifier("shop")
                .engine("aurora-mysql")
                .engineVersion("8.4.mysql_aurora.8.4.8")
                .masterUsername("admin")
                .masterUserPassword("Not-To-Be-Shown-1"));
        api.passAll();
        member("shop");
        api.passAll();

        assertThat(instance("orders").dbParameterGroups().get(0).dbParameterGroupName())
                .isEqualTo("default.mysql8.4");
        assertThat(cluster("shop").dbClusterParameterGroup()).isEqualTo("default.aurora-mysql8.4");
        assertThat(List.of(instanceStatus("orders"), instanceStatus("shop-1"))).containsOnly("available");
        assertThat(api.calls().toString()).doesNotContain("Not-To-Be-Shown");
    }
}
