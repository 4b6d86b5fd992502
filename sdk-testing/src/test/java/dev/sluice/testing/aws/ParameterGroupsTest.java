// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.DbParameterGroupAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbParameterGroupNotFoundException;
import software.amazon.awssdk.services.rds.model.InvalidDbParameterGroupStateException;
import software.amazon.awssdk.services.rds.model.Parameter;

/** Parameter groups of both kinds, and how they reach instances and members. */
class ParameterGroupsTest extends ApiTest {
    private static final String FAMILY = "aurora-mysql8.0";

    @BeforeEach
    void cluster() {
        region.cluster("shop", "8.0.mysql_aurora.3.08.0").reader("shop-2");
    }

    private void create(String name) {
        rds.createDBClusterParameterGroup(ask -> ask.dbClusterParameterGroupName(name)
                .dbParameterGroupFamily(FAMILY)
                .description("for replication")
                .tags(tag("run", "r-1")));
    }

    private void change(String group, Parameter... parameters) {
        rds.modifyDBClusterParameterGroup(
                ask -> ask.dbClusterParameterGroupName(group).parameters(parameters));
    }

    private List<String> memberStatuses() {
        return cluster("shop").dbClusterMembers().stream()
                .map(one -> one.dbInstanceIdentifier() + " " + one.isClusterWriter() + " "
                        + one.dbClusterParameterGroupStatus())
                .toList();
    }

    @Test
    void theWayToBinaryLogsOnAurora() {
        assertThat(cluster("shop").dbClusterParameterGroup()).isEqualTo("default.aurora-mysql8.0");
        create("Shop-Logs");
        change("shop-logs", set("binlog_format", "ROW", "pending-reboot"));
        rds.modifyDBCluster(ask -> ask.dbClusterIdentifier("shop")
                .dbClusterParameterGroupName("shop-logs")
                .applyImmediately(true));

        assertThat(cluster("shop").status()).isEqualTo("available");
        assertThat(cluster("shop").dbClusterParameterGroup()).isEqualTo("shop-logs");
        assertThat(memberStatuses()).containsExactly("shop-1 true applying", "shop-2 false applying");
        api.passAll();
        assertThat(memberStatuses()).containsExactly("shop-1 true pending-reboot", "shop-2 false pending-reboot");
        assertThat(region.findCluster("shop").orElseThrow().settings().binaryLog())
                .isFalse();

        rds.rebootDBInstance(ask -> ask.dbInstanceIdentifier("shop-1"));
        api.passAll();

        assertThat(memberStatuses()).containsExactly("shop-1 true in-sync", "shop-2 false pending-reboot");
        assertThat(region.findCluster("shop").orElseThrow().settings().binaryLog())
                .isTrue();
    }

    @Test
    void theParametersThatSomebodyHasSetAreFoundAmongAll() {
        create("shop-logs");
        change("shop-logs", set("binlog_format", "ROW", "pending-reboot"));

        List<Parameter> all = rds
                .describeDBClusterParametersPaginator(ask -> ask.dbClusterParameterGroupName("shop-logs"))
                .parameters()
                .stream()
                .toList();
        assertThat(all).hasSizeGreaterThan(100);
        assertThat(rds.describeDBClusterParameters(ask -> ask.dbClusterParameterGroupName("shop-logs"))
                        .parameters())
                .hasSize(100);
        assertThat(rds.describeDBClusterParameters(ask ->
                                ask.dbClusterParameterGroupName("shop-logs").source("user"))
                        .parameters())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.parameterName()).isEqualTo("binlog_format");
                    assertThat(one.parameterValue()).isEqualTo("ROW");
                    assertThat(one.applyType()).isEqualTo("static");
                    assertThat(one.applyMethodAsString()).isEqualTo("pending-reboot");
                    assertThat(one.isModifiable()).isTrue();
                    assertThat(one.allowedValues()).isEqualTo("ROW,STATEMENT,MIXED,OFF");
                });
        assertThat(all)
                .filteredOn(one -> one.parameterName().equals("gtid-mode"))
                .singleElement()
                .satisfies(one -> assertThat(one.source()).isEqualTo("system"));
    }

    @Test
    void aDynamicParameterCountsAtOnce() {
        create("shop-logs");
        rds.modifyDBCluster(ask -> ask.dbClusterIdentifier("shop").dbClusterParameterGroupName("shop-logs"));
        api.passAll();
        rds.rebootDBInstance(ask -> ask.dbInstanceIdentifier("shop-1"));
        api.passAll();

        change("shop-logs", set("replicate-wild-do-table", "shop.%,bills.%", "immediate"));
        assertThat(memberStatuses()).contains("shop-1 true applying");
        api.passAll();

        assertThat(memberStatuses()).contains("shop-1 true in-sync");
        assertThat(region.findCluster("shop").orElseThrow().settings().options())
                .containsEntry("replicate_wild_do_table", List.of("shop.%", "bills.%"));
    }

    @Test
    void whatCannotBeSetIsRefusedAndNothingIsChanged() {
        create("shop-logs");
        assertRefused(
                "InvalidParameterCombination",
                "static parameter",
                () -> change(
                        "shop-logs",
                        set("replicate-do-db", "shop", "immediate"),
                        set("binlog_format", "ROW", "immediate")));
        assertRefused(
                "InvalidParameterValue",
                "cannot be modified",
                () -> change("shop-logs", set("server_id", "7", "pending-reboot")));
        assertThatThrownBy(() -> change("shop-logs", set("log_bin", "ON", "pending-reboot")))
                .hasMessageContaining("Could not find parameter");
        assertThatThrownBy(() -> change("shop-logs", set("binlog_format", "row", "pending-reboot")))
                .hasMessageContaining("allowed values");
        assertThatThrownBy(() -> change("default.aurora-mysql8.0", set("binlog_format", "ROW", "pending-reboot")))
                .isInstanceOf(InvalidDbParameterGroupStateException.class);
        Parameter[] many = IntStream.range(0, 21)
                .mapToObj(number -> set("replicate-do-db", "d" + number, "immediate"))
                .toArray(Parameter[]::new);
        assertThatThrownBy(() -> change("shop-logs", many)).hasMessageContaining("20");
        assertThatThrownBy(() -> change("absent", set("binlog_format", "ROW", "pending-reboot")))
                .isInstanceOf(DbParameterGroupNotFoundException.class);
        assertThatThrownBy(() -> create("shop-logs")).isInstanceOf(DbParameterGroupAlreadyExistsException.class);

        assertThat(rds.describeDBClusterParameters(ask ->
                                ask.dbClusterParameterGroupName("shop-logs").source("user"))
                        .parameters())
                .isEmpty();
    }

    @Test
    void auroraTwoHasNoReplicationFilters() {
        rds.createDBClusterParameterGroup(ask -> ask.dbClusterParameterGroupName("two")
                .dbParameterGroupFamily("aurora-mysql5.7")
                .description("v2"));
        assertThatThrownBy(() -> change("two", set("replicate-do-db", "shop", "immediate")))
                .hasMessageContaining("Could not find parameter");
        assertRefused(
                "InvalidParameterCombination",
                "aurora-mysql5.7",
                () -> rds.modifyDBCluster(ask -> ask.dbClusterIdentifier("shop").dbClusterParameterGroupName("two")));
    }

    @Test
    void groupsAreCopiedResetListedAndDeleted() {
        create("one");
        change("one", set("binlog_format", "ROW", "pending-reboot"));
        rds.copyDBClusterParameterGroup(ask -> ask.sourceDBClusterParameterGroupIdentifier("one")
                .targetDBClusterParameterGroupIdentifier("other")
                .targetDBClusterParameterGroupDescription("a copy"));
        rds.resetDBClusterParameterGroup(
                ask -> ask.dbClusterParameterGroupName("one").resetAllParameters(true));

        assertThat(rds.describeDBClusterParameters(
                                ask -> ask.dbClusterParameterGroupName("one").source("user"))
                        .parameters())
                .isEmpty();
        assertThat(rds.describeDBClusterParameters(
                                ask -> ask.dbClusterParameterGroupName("other").source("user"))
                        .parameters())
                .hasSize(1);
        var one = rds.describeDBClusterParameterGroups(ask -> ask.dbClusterParameterGroupName("one"))
                .dbClusterParameterGroups()
                .get(0);
        assertThat(one.dbParameterGroupFamily()).isEqualTo(FAMILY);
        assertThat(rds.listTagsForResource(ask -> ask.resourceName(one.dbClusterParameterGroupArn()))
                        .tagList())
                .hasSize(1);

        rds.modifyDBCluster(ask -> ask.dbClusterIdentifier("shop").dbClusterParameterGroupName("other"));
        assertThatThrownBy(() -> rds.deleteDBClusterParameterGroup(ask -> ask.dbClusterParameterGroupName("other")))
                .isInstanceOf(InvalidDbParameterGroupStateException.class);
        rds.deleteDBClusterParameterGroup(ask -> ask.dbClusterParameterGroupName("one"));
        assertThatThrownBy(() -> rds.describeDBClusterParameterGroups(ask -> ask.dbClusterParameterGroupName("one")))
                .isInstanceOf(DbParameterGroupNotFoundException.class);
    }

    @Test
    void aGroupOfInstancesIsAttachedAndWaitsForAReboot() {
        region.instance("orders", "8.0.36", 1);
        rds.createDBParameterGroup(ask -> ask.dbParameterGroupName("gtid")
                .dbParameterGroupFamily("mysql8.0")
                .description("GTID"));
        rds.modifyDBParameterGroup(ask -> ask.dbParameterGroupName("gtid")
                .parameters(
                        set("gtid-mode", "ON", "pending-reboot"),
                        set("enforce_gtid_consistency", "ON", "pending-reboot"),
                        set("binlog_format", "ROW", "immediate")));
        rds.modifyDBInstance(ask ->
                ask.dbInstanceIdentifier("orders").dbParameterGroupName("gtid").applyImmediately(true));
        api.passAll();

        assertThat(instance("orders").dbParameterGroups()).singleElement().satisfies(group -> {
            assertThat(group.dbParameterGroupName()).isEqualTo("gtid");
            assertThat(group.parameterApplyStatus()).isEqualTo("pending-reboot");
        });
        assertThat(region.findInstance("orders").orElseThrow().settings().options())
                .containsOnlyKeys("binlog_format");
        rds.rebootDBInstance(ask -> ask.dbInstanceIdentifier("orders"));
        api.passAll();

        assertThat(instance("orders").dbParameterGroups().get(0).parameterApplyStatus())
                .isEqualTo("in-sync");
        assertThat(region.findInstance("orders").orElseThrow().settings().options())
                .containsEntry("gtid_mode", List.of("ON"));
        assertThat(rds.describeDBParameters(
                                ask -> ask.dbParameterGroupName("gtid").source("user"))
                        .parameters())
                .extracting(Parameter::applyType)
                .containsExactly("dynamic", "static", "static");
    }

    @Test
    void aFailoverMovesTheWriter() {
        rds.failoverDBCluster(ask -> ask.dbClusterIdentifier("shop").targetDBInstanceIdentifier("shop-2"));

        assertThat(cluster("shop").status()).isEqualTo("failing-over");
        api.passAll();
        assertThat(memberStatuses()).containsExactly("shop-1 false in-sync", "shop-2 true in-sync");
        assertThat(events("shop", "db-cluster"))
                .containsExactly(
                        "Started cross AZ failover to DB instance: shop-2",
                        "Completed failover to DB instance: shop-2");
    }
}
