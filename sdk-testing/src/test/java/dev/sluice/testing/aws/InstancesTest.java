// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.Filter;
import software.amazon.awssdk.services.rds.model.InvalidDbInstanceStateException;
import software.amazon.awssdk.services.rds.model.RdsException;

/** Instances: listed, changed, rebooted. */
class InstancesTest extends ApiTest {
    @Test
    void anInstanceIsDescribedAsTheClientReadsIt() {
        region.instance("orders", "8.0.36", 7);

        DBInstance instance = instance("ORDERS");

        assertThat(instance.dbInstanceIdentifier()).isEqualTo("orders");
        assertThat(instance.engine()).isEqualTo("mysql");
        assertThat(instance.engineVersion()).isEqualTo("8.0.36");
        assertThat(instance.dbInstanceStatus()).isEqualTo("available");
        assertThat(instance.endpoint().port()).isEqualTo(3306);
        assertThat(instance.backupRetentionPeriod()).isEqualTo(7);
        assertThat(instance.dbInstanceArn()).isEqualTo("arn:aws:rds:eu-west-1:123456789012:db:orders");
        assertThat(instance.dbParameterGroups()).singleElement().satisfies(group -> {
            assertThat(group.dbParameterGroupName()).isEqualTo("default.mysql8.0");
            assertThat(group.parameterApplyStatus()).isEqualTo("in-sync");
        });
        assertThat(instance.vpcSecurityGroups()).hasSize(1);
        assertThat(instance.pendingModifiedValues().backupRetentionPeriod()).isNull();
        assertThat(instance.readReplicaSourceDBInstanceIdentifier()).isNull();
        assertThat(instance.instanceCreateTime()).isNotNull();
        assertThatThrownBy(() -> instance("invoices")).isInstanceOf(DbInstanceNotFoundException.class);
    }

    @Test
    void listsHavePagesAndFilters() {
        IntStream.range(0, 45).forEach(number -> region.instance("db-" + number, "8.0.36", 0));
        region.cluster("shop", "8.0.mysql_aurora.3.08.0");

        assertThat(rds.describeDBInstances(ask -> ask.maxRecords(20)).dbInstances())
                .hasSize(20);
        assertThat(rds.describeDBInstancesPaginator(ask -> ask.maxRecords(20)).dbInstances().stream())
                .hasSize(46);
        assertThat(rds.describeDBInstances(ask -> ask.filters(Filter.builder()
                                .name("db-cluster-id")
                                .values("shop")
                                .build()))
                        .dbInstances())
                .singleElement()
                .satisfies(one -> assertThat(one.dbInstanceIdentifier()).isEqualTo("shop-1"));
        assertThatThrownBy(() -> rds.describeDBInstances(ask -> ask.maxRecords(5)))
                .isInstanceOf(RdsException.class)
                .hasMessageContaining("MaxRecords");
    }

    @Test
    void aRetentionIsPendingWhileTheStatusStillSaysAvailable() {
        region.instance("orders", "8.0.36", 0);

        rds.modifyDBInstance(ask ->
                ask.dbInstanceIdentifier("orders").backupRetentionPeriod(7).applyImmediately(true));

        assertThat(instance("orders").dbInstanceStatus()).isEqualTo("available");
        assertThat(instance("orders").backupRetentionPeriod()).isZero();
        assertThat(instance("orders").pendingModifiedValues().backupRetentionPeriod())
                .isEqualTo(7);
        api.pass();
        assertThat(instanceStatus("orders")).isEqualTo("modifying");
        api.pass();
        assertThat(instanceStatus("orders")).isEqualTo("backing-up");
        api.pass();
        assertThat(instanceStatus("orders")).isEqualTo("available");
        assertThat(instance("orders").backupRetentionPeriod()).isEqualTo(7);
        assertThat(instance("orders").pendingModifiedValues().backupRetentionPeriod())
                .isNull();
        assertThat(events("orders", "db-instance")).contains("Automated backups enabled");
    }

    @Test
    void aRetentionThatCostsAnOutageWaitsUnlessItShallBeNow() {
        region.instance("orders", "8.0.36", 0);

        rds.modifyDBInstance(ask -> ask.dbInstanceIdentifier("orders").backupRetentionPeriod(7));
        api.passAll();

        assertThat(instance("orders").backupRetentionPeriod()).isZero();
        assertThat(instance("orders").pendingModifiedValues().backupRetentionPeriod())
                .isEqualTo(7);
    }

    @Test
    void whatIsNotAvailableIsNotChanged() {
        region.instance("orders", "8.0.36", 0).status("storage-full");

        assertThatThrownBy(() -> rds.modifyDBInstance(
                        ask -> ask.dbInstanceIdentifier("orders").backupRetentionPeriod(7)))
                .isInstanceOf(InvalidDbInstanceStateException.class);
        assertThat(events("orders", "db-instance")).containsExactly("Allocated storage has been exhausted.");
    }

    @Test
    void aRebootTakesItsTime() {
        region.instance("orders", "8.0.36", 0);

        rds.rebootDBInstance(ask -> ask.dbInstanceIdentifier("orders"));

        assertThat(instanceStatus("orders")).isEqualTo("rebooting");
        assertThatThrownBy(() -> rds.rebootDBInstance(ask -> ask.dbInstanceIdentifier("orders")))
                .isInstanceOf(InvalidDbInstanceStateException.class);
        api.passAll();
        assertThat(instanceStatus("orders")).isEqualTo("available");
        assertThat(events("orders", "db-instance")).containsExactly("DB instance shutdown", "DB instance restarted");
    }

    @Test
    void whatTheLookAlikeDoesNotKnowIsRefused() {
        region.instance("orders", "8.0.36", 0);

        assertThatThrownBy(() -> rds.modifyDBInstance(
                        ask -> ask.dbInstanceIdentifier("orders").multiAZ(true)))
                .hasMessageContaining("does not know MultiAZ");
        assertThatThrownBy(() -> rds.describeDBProxies(ask -> ask.maxRecords(20)))
                .hasMessageContaining("DescribeDBProxies");
    }

    @ParameterizedTest
    @EnumSource(
            value = ApiFault.class,
            names = {"THROTTLED", "DENIED", "EXPIRED_TOKEN", "INTERNAL_FAILURE", "UNAVAILABLE"})
    void aFaultRefusesOneCallAndNothingIsDone(ApiFault fault) {
        region.instance("orders", "8.0.36", 0);
        api.failOnce("RebootDBInstance", fault);

        assertThatThrownBy(() -> rds.rebootDBInstance(ask -> ask.dbInstanceIdentifier("orders")))
                .isInstanceOfSatisfying(
                        RdsException.class,
                        refused -> assertThat(refused.awsErrorDetails().errorCode())
                                .isEqualTo(fault.error().code()));
        assertThat(instanceStatus("orders")).isEqualTo("available");
        assertThat(api.modifications()).hasSize(1);
        rds.rebootDBInstance(ask -> ask.dbInstanceIdentifier("orders"));
        assertThat(instanceStatus("orders")).isEqualTo("rebooting");
    }

    @Test
    void aConnectionIsLostBeforeOrAfterTheCallIsDone() {
        region.instance("orders", "8.0.36", 0);
        api.failOnce("RebootDBInstance", ApiFault.LOST_REQUEST);
        api.failOnce("RebootDBInstance", ApiFault.LOST_ANSWER);

        assertThatThrownBy(() -> rds.rebootDBInstance(ask -> ask.dbInstanceIdentifier("orders")))
                .isInstanceOf(SdkClientException.class);
        assertThat(instanceStatus("orders")).isEqualTo("available");
        assertThatThrownBy(() -> rds.rebootDBInstance(ask -> ask.dbInstanceIdentifier("orders")))
                .isInstanceOf(SdkClientException.class);
        assertThat(instanceStatus("orders")).isEqualTo("rebooting");
    }

    @Test
    void aClientSeesItsRegionAndAccountOnly() {
        api.account("AKIDOTHER", "210987654321");
        region.instance("orders", "8.0.36", 0);
        api.region("us-east-1").instance("copies", "8.0.36", 0);
        api.region("210987654321", "us-east-1").instance("others", "8.0.36", 0);

        assertThat(clients.rds("us-east-1", "AKIDTEST").describeDBInstances().dbInstances())
                .extracting(DBInstance::dbInstanceArn)
                .containsExactly("arn:aws:rds:us-east-1:123456789012:db:copies");
        assertThat(clients.rds("us-east-1", "AKIDOTHER").describeDBInstances().dbInstances())
                .extracting(DBInstance::dbInstanceArn)
                .containsExactly("arn:aws:rds:us-east-1:210987654321:db:others");
        assertThat(api.calls()).extracting(ApiCall::region).containsOnly("us-east-1");
    }

    @Test
    void tagsAreAddedListedAndRemoved() {
        region.instance("orders", "8.0.36", 0);
        String arn = instance("orders").dbInstanceArn();

        rds.addTagsToResource(ask -> ask.resourceName(arn).tags(tag("run", "r-1"), tag("by", "sluice")));
        assertThat(instance("orders").tagList()).hasSize(2);
        rds.removeTagsFromResource(ask -> ask.resourceName(arn).tagKeys("by"));

        assertThat(rds.listTagsForResource(ask -> ask.resourceName(arn)).tagList())
                .singleElement()
                .satisfies(tag -> assertThat(tag.value()).isEqualTo("r-1"));
        assertThatThrownBy(() -> rds.listTagsForResource(ask -> ask.resourceName(arn + "-not")))
                .isInstanceOf(DbInstanceNotFoundException.class);
    }

    @Test
    void aFailoverOfAnInstanceShowsInItsEvents() {
        region.instance("orders", "8.0.36", 1).failOver();

        assertThat(instanceStatus("orders")).isEqualTo("rebooting");
        api.passAll();
        assertThat(instanceStatus("orders")).isEqualTo("available");
        assertThat(events("orders", "db-instance"))
                .containsExactly("Multi-AZ instance failover started.", "Multi-AZ instance failover completed");
    }

    @Test
    void versionsTellTheirFamily() {
        assertThat(rds.describeDBEngineVersions(
                                ask -> ask.engine("aurora-mysql").engineVersion("8.0.mysql_aurora.3.08.0"))
                        .dbEngineVersions())
                .singleElement()
                .satisfies(one -> assertThat(one.dbParameterGroupFamily()).isEqualTo("aurora-mysql8.0"));
        assertThat(rds.describeDBEngineVersions(ask -> ask.engine("mysql")).dbEngineVersions())
                .hasSize(4);
    }
}
