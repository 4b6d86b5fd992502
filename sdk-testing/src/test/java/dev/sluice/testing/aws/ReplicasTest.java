// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.Parameter;

/** Read replicas that RDS manages. */
class ReplicasTest extends ApiTest {
    private void replica(String id, String source) {
        rds.createDBInstanceReadReplica(ask -> ask.dbInstanceIdentifier(id).sourceDBInstanceIdentifier(source));
        api.passAll();
    }

    @Test
    void aReplicaIsMadeShownAndPromoted() {
        region.instance("orders", "8.0.36", 7);
        replica("orders-2", "orders");

        assertThat(instanceStatus("orders-2")).isEqualTo("available");
        assertThat(instance("orders-2").readReplicaSourceDBInstanceIdentifier()).isEqualTo("orders");
        assertThat(instance("orders").readReplicaDBInstanceIdentifiers()).containsExactly("orders-2");
        assertThat(instance("orders-2").backupRetentionPeriod()).isZero();
        assertThat(instance("orders-2").statusInfos()).singleElement().satisfies(info -> {
            assertThat(info.statusType()).isEqualTo("read replication");
            assertThat(info.normal()).isTrue();
            assertThat(info.status()).isEqualTo("replicating");
        });

        rds.promoteReadReplica(ask -> ask.dbInstanceIdentifier("orders-2").backupRetentionPeriod(3));
        api.pass();
        assertThat(instanceStatus("orders-2")).isEqualTo("modifying");
        api.pass();
        assertThat(instanceStatus("orders-2")).isEqualTo("rebooting");
        api.passAll();
        assertThat(instanceStatus("orders-2")).isEqualTo("available");
        assertThat(instance("orders-2").backupRetentionPeriod()).isEqualTo(3);
        assertThat(instance("orders-2").readReplicaSourceDBInstanceIdentifier()).isNull();
        assertThat(instance("orders").readReplicaDBInstanceIdentifiers()).isEmpty();
        assertRefused(
                "InvalidDBInstanceState",
                "not a read replica",
                () -> rds.promoteReadReplica(ask -> ask.dbInstanceIdentifier("orders-2")));
    }

    @Test
    void aSourceNeedsBackupsAndKeepsThem() {
        region.instance("orders", "8.0.36", 0);
        assertRefused("InvalidDBInstanceState", "Automated backups", () -> replica("orders-2", "orders"));

        region.instance("bills", "8.0.36", 1);
        replica("bills-2", "bills");
        assertRefused(
                "InvalidParameterCombination",
                "read replicas",
                () -> rds.modifyDBInstance(ask -> ask.dbInstanceIdentifier("bills")
                        .backupRetentionPeriod(0)
                        .applyImmediately(true)));
    }

    @Test
    void aReplicaInAnotherRegionNamesItsSourceByArn() {
        region.instance("orders", "8.0.36", 7);
        String arn = instance("orders").dbInstanceArn();
        var there = clients.rds("us-east-1", "AKIDTEST");

        there.createDBInstanceReadReplica(ask -> ask.dbInstanceIdentifier("orders-2")
                .sourceDBInstanceIdentifier(arn)
                .sourceRegion(ApiClients.REGION));
        api.passAll();

        assertThat(there.describeDBInstances().dbInstances())
                .singleElement()
                .satisfies(one ->
                        assertThat(one.readReplicaSourceDBInstanceIdentifier()).isEqualTo(arn));
        assertThat(instance("orders").readReplicaDBInstanceIdentifiers())
                .containsExactly("arn:aws:rds:us-east-1:123456789012:db:orders-2");
    }

    @Test
    void aClusterFollowsAnInstanceUntilItIsPromoted() {
        region.instance("orders", "8.0.36", 7);
        String arn = instance("orders").dbInstanceArn();
        rds.createDBCluster(
                ask -> ask.dbClusterIdentifier("shop").engine("aurora-mysql").replicationSourceIdentifier(arn));
        api.passAll();

        assertThat(cluster("shop").replicationSourceIdentifier()).isEqualTo(arn);
        assertThat(instance("orders").readReplicaDBClusterIdentifiers()).containsExactly("shop");
        assertRefused(
                "InvalidDBInstanceState",
                "already",
                () -> rds.createDBCluster(ask ->
                        ask.dbClusterIdentifier("shop-2").engine("aurora-mysql").replicationSourceIdentifier(arn)));
        rds.promoteReadReplicaDBCluster(ask -> ask.dbClusterIdentifier("shop"));
        api.passAll();

        assertThat(cluster("shop").replicationSourceIdentifier()).isNull();
        assertThat(events("shop", "db-cluster"))
                .contains("Promoted Read Replica cluster to a stand-alone database cluster");
    }

    /** Whose source writes a binary log. */
    private String loggingCluster() {
        rds.createDBClusterParameterGroup(ask -> ask.dbClusterParameterGroupName("logging")
                .dbParameterGroupFamily("aurora-mysql8.0")
                .description("with a binary log"));
        rds.modifyDBClusterParameterGroup(ask -> ask.dbClusterParameterGroupName("logging")
                .parameters(Parameter.builder()
                        .parameterName("binlog_format")
                        .parameterValue("ROW")
                        .applyMethod("pending-reboot")
                        .build()));
        region.cluster("orders", "8.0.mysql_aurora.3.08.0");
        rds.modifyDBCluster(ask -> ask.dbClusterIdentifier("orders").dbClusterParameterGroupName("logging"));
        api.passAll();
        rds.rebootDBInstance(ask -> ask.dbInstanceIdentifier("orders-1"));
        api.passAll();
        return cluster("orders").dbClusterArn();
    }

    @Test
    void aClusterFollowsOneOfAnotherRegionAndKeepsItsLastInstanceUntilItIsPromoted() {
        String arn = loggingCluster();
        var there = clients.rds("us-east-1", "AKIDTEST");
        assertRefused(
                "InvalidParameterCombination",
                "another region",
                () -> rds.createDBCluster(ask -> ask.dbClusterIdentifier("orders-2")
                        .engine("aurora-mysql")
                        .replicationSourceIdentifier(arn)));

        there.createDBCluster(ask ->
                ask.dbClusterIdentifier("orders-2").engine("aurora-mysql").replicationSourceIdentifier(arn));
        api.passAll();
        there.createDBInstance(ask -> ask.dbInstanceIdentifier("orders-2-1")
                .dbClusterIdentifier("orders-2")
                .engine("aurora-mysql")
                .dbInstanceClass("db.r6g.large"));
        api.passAll();

        assertThat(cluster("orders").readReplicaIdentifiers())
                .containsExactly("arn:aws:rds:us-east-1:123456789012:cluster:orders-2");
        assertRefused(
                "InvalidDBClusterStateFault",
                "last instance",
                () -> there.deleteDBInstance(
                        ask -> ask.dbInstanceIdentifier("orders-2-1").skipFinalSnapshot(true)));
        there.promoteReadReplicaDBCluster(ask -> ask.dbClusterIdentifier("orders-2"));
        api.passAll();
        there.deleteDBInstance(ask -> ask.dbInstanceIdentifier("orders-2-1").skipFinalSnapshot(true));
        api.passAll();
        there.deleteDBCluster(ask -> ask.dbClusterIdentifier("orders-2").skipFinalSnapshot(true));
        api.passAll();
        assertThat(there.describeDBClusters().dbClusters()).isEmpty();
    }

    @Test
    void anEncryptedClusterIsFollowedWithAKeyOfTheOtherRegion() {
        String arn = loggingCluster();
        region.findCluster("orders").orElseThrow().encrypted();
        var there = clients.rds("us-east-1", "AKIDTEST");

        assertRefused(
                "InvalidParameterCombination",
                "KmsKeyId",
                () -> there.createDBCluster(ask -> ask.dbClusterIdentifier("orders-2")
                        .engine("aurora-mysql")
                        .replicationSourceIdentifier(arn)));
        there.createDBCluster(ask -> ask.dbClusterIdentifier("orders-2")
                .engine("aurora-mysql")
                .kmsKeyId("alias/there")
                .sourceRegion(ApiClients.REGION)
                .replicationSourceIdentifier(arn));
        api.passAll();

        assertThat(there.describeDBClusters().dbClusters())
                .singleElement()
                .satisfies(one -> assertThat(one.storageEncrypted()).isTrue());
    }

    @Test
    void deletingASourceTerminatesItsReplicas() {
        region.instance("orders", "8.0.36", 7);
        replica("orders-2", "orders");
        rds.deleteDBInstance(ask -> ask.dbInstanceIdentifier("orders").skipFinalSnapshot(true));
        api.passAll();

        assertThat(instance("orders-2").readReplicaSourceDBInstanceIdentifier()).isNull();
        assertThat(events("orders-2", "db-instance")).contains("Replication streaming has been terminated.");
    }
}
