// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.rds.RdsClient;

/** What AWS's pages leave open, both ways. */
class UnsureTest {
    private static AwsApi api(Unsure behaviour, boolean on) {
        AwsApi.Builder builder = AwsApi.builder().byHand();
        return (on ? builder.with(behaviour) : builder).start();
    }

    private static void group(RdsClient rds) {
        rds.createDBParameterGroup(ask -> ask.dbParameterGroupName("own")
                .dbParameterGroupFamily("mysql8.0")
                .description("own"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theFormatOfLogsOnRds(boolean isStatic) {
        try (AwsApi api = api(Unsure.RDS_BINLOG_FORMAT_IS_STATIC, isStatic);
                ApiClients clients = new ApiClients(api)) {
            group(clients.rds());
            assertThat(
                            clients
                                    .rds()
                                    .describeDBParametersPaginator(ask -> ask.dbParameterGroupName("own"))
                                    .parameters()
                                    .stream()
                                    .filter(one -> one.parameterName().equals("binlog_format")))
                    .singleElement()
                    .satisfies(one -> assertThat(one.applyType()).isEqualTo(isStatic ? "static" : "dynamic"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aGroupWithoutStaticParametersThatIsAttached(boolean inSync) {
        try (AwsApi api = api(Unsure.ATTACHED_GROUP_WITHOUT_STATIC_PARAMETERS_IS_IN_SYNC, inSync);
                ApiClients clients = new ApiClients(api)) {
            RdsClient rds = clients.rds();
            group(rds);
            rds.modifyDBParameterGroup(ask ->
                    ask.dbParameterGroupName("own").parameters(ApiTest.set("replicate-do-db", "shop", "immediate")));
            api.region(ApiClients.REGION).instance("orders", "8.0.36", 1);
            rds.modifyDBInstance(ask -> ask.dbInstanceIdentifier("orders").dbParameterGroupName("own"));
            api.passAll();

            assertThat(rds.describeDBInstances()
                            .dbInstances()
                            .get(0)
                            .dbParameterGroups()
                            .get(0)
                            .parameterApplyStatus())
                    .isEqualTo(inSync ? "in-sync" : "pending-reboot");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClusterFromASnapshotOfAnInstance(boolean tells) {
        try (AwsApi api = api(Unsure.MIGRATED_CLUSTER_TELLS_POSITION, tells);
                ApiClients clients = new ApiClients(api)) {
            RdsClient rds = clients.rds();
            ApiRegion region = api.region(ApiClients.REGION);
            region.instance("orders", "8.0.36", 1);
            rds.createDBSnapshot(ask -> ask.dbInstanceIdentifier("orders").dbSnapshotIdentifier("before"));
            rds.createDBClusterParameterGroup(ask -> ask.dbClusterParameterGroupName("logs")
                    .dbParameterGroupFamily("aurora-mysql8.0")
                    .description("logs"));
            rds.modifyDBClusterParameterGroup(ask -> ask.dbClusterParameterGroupName("logs")
                    .parameters(ApiTest.set("binlog_format", "ROW", "pending-reboot")));
            api.passAll();
            rds.restoreDBClusterFromSnapshot(ask -> ask.dbClusterIdentifier("shop")
                    .snapshotIdentifier("arn:aws:rds:eu-west-1:123456789012:snapshot:before")
                    .engine("aurora-mysql")
                    .dbClusterParameterGroupName("logs"));
            api.passAll();
            rds.createDBInstance(ask -> ask.dbInstanceIdentifier("shop-1")
                    .dbClusterIdentifier("shop")
                    .engine("aurora-mysql")
                    .dbInstanceClass("db.r6g.large"));
            api.passAll();

            assertThat(region.events().all().stream()
                            .anyMatch(event -> event.message().startsWith("Binlog position")))
                    .isEqualTo(tells);
        }
    }
}
