// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/** The rule that lets a replica in, by the real client of EC2. */
class SecurityGroupsTest extends ApiTest {
    private Ec2Client ec2;

    @BeforeEach
    void client() {
        ec2 = clients.ec2();
        region.addSecurityGroup("sg-orders");
    }

    private static IpPermission from(String range) {
        return IpPermission.builder()
                .ipProtocol("tcp")
                .fromPort(3306)
                .toPort(3306)
                .ipRanges(IpRange.builder().cidrIp(range).description("replica").build())
                .build();
    }

    private SecurityGroup group() {
        return ec2.describeSecurityGroups(ask -> ask.groupIds("sg-orders"))
                .securityGroups()
                .get(0);
    }

    private static String code(Throwable refused) {
        return ((Ec2Exception) refused).awsErrorDetails().errorCode();
    }

    @Test
    void aRuleIsAddedOnceAndTakenBack() {
        assertThat(group().ipPermissions()).isEmpty();
        assertThat(ec2.authorizeSecurityGroupIngress(
                                ask -> ask.groupId("sg-orders").ipPermissions(from("10.1.2.3/32")))
                        .returnValue())
                .isTrue();

        assertThat(group().ipPermissions()).singleElement().satisfies(rule -> {
            assertThat(rule.ipProtocol()).isEqualTo("tcp");
            assertThat(rule.fromPort()).isEqualTo(3306);
            assertThat(rule.toPort()).isEqualTo(3306);
            assertThat(rule.ipRanges().get(0).cidrIp()).isEqualTo("10.1.2.3/32");
        });
        assertThatThrownBy(() -> ec2.authorizeSecurityGroupIngress(
                        ask -> ask.groupId("sg-orders").ipPermissions(from("10.1.2.3/32"))))
                .satisfies(refused -> assertThat(code(refused)).isEqualTo("InvalidPermission.Duplicate"));
        ec2.revokeSecurityGroupIngress(ask -> ask.groupId("sg-orders").ipPermissions(from("10.1.2.3/32")));
        assertThat(group().ipPermissions()).isEmpty();
        assertThatThrownBy(() -> ec2.revokeSecurityGroupIngress(
                        ask -> ask.groupId("sg-orders").ipPermissions(from("10.1.2.3/32"))))
                .satisfies(refused -> assertThat(code(refused)).isEqualTo("InvalidPermission.NotFound"));
    }

    @Test
    void aRuleHasAnIdTagsAndADescriptionAndGoesByItsId() {
        ec2.authorizeSecurityGroupIngress(ask -> ask.groupId("sg-orders").ipPermissions(from("10.9.9.9/32")));
        String id = ec2.authorizeSecurityGroupIngress(ask -> ask.groupId("sg-orders")
                        .ipPermissions(from("10.1.2.3/32"))
                        .tagSpecifications(TagSpecification.builder()
                                .resourceType("security-group-rule")
                                .tags(Tag.builder()
                                        .key("sluice-run")
                                        .value("r-1")
                                        .build())
                                .build()))
                .securityGroupRules()
                .get(0)
                .securityGroupRuleId();

        assertThat(ec2.describeSecurityGroupRules(ask -> ask.filters(
                                Filter.builder()
                                        .name("group-id")
                                        .values("sg-orders")
                                        .build(),
                                Filter.builder()
                                        .name("tag:sluice-run")
                                        .values("r-1")
                                        .build()))
                        .securityGroupRules())
                .singleElement()
                .satisfies(rule -> {
                    assertThat(rule.securityGroupRuleId()).isEqualTo(id);
                    assertThat(rule.cidrIpv4()).isEqualTo("10.1.2.3/32");
                    assertThat(rule.description()).isEqualTo("replica");
                    assertThat(rule.isEgress()).isFalse();
                });
        ec2.revokeSecurityGroupIngress(ask -> ask.groupId("sg-orders").securityGroupRuleIds(id));
        assertThat(group().ipPermissions()).hasSize(1);
        assertThatThrownBy(() -> ec2.revokeSecurityGroupIngress(
                        ask -> ask.groupId("sg-orders").securityGroupRuleIds(id)))
                .satisfies(refused -> assertThat(code(refused)).isEqualTo("InvalidSecurityGroupRuleId.NotFound"));
    }

    @Test
    void anotherGroupCanBeLetIn() {
        ec2.authorizeSecurityGroupIngress(ask -> ask.groupId("sg-orders")
                .ipPermissions(IpPermission.builder()
                        .ipProtocol("tcp")
                        .fromPort(3306)
                        .toPort(3306)
                        .userIdGroupPairs(
                                UserIdGroupPair.builder().groupId("sg-default").build())
                        .build()));
        assertThat(group().ipPermissions().get(0).userIdGroupPairs().get(0).groupId())
                .isEqualTo("sg-default");
    }

    @Test
    void whatIsNotThereOrNotAllowedIsRefused() {
        assertThatThrownBy(() -> ec2.describeSecurityGroups(ask -> ask.groupIds("sg-none")))
                .satisfies(refused -> assertThat(code(refused)).isEqualTo("InvalidGroup.NotFound"));
        api.failOnce("AuthorizeSecurityGroupIngress", ApiFault.DENIED);
        assertThatThrownBy(() -> ec2.authorizeSecurityGroupIngress(
                        ask -> ask.groupId("sg-orders").ipPermissions(from("10.1.2.3/32"))))
                .satisfies(refused -> assertThat(code(refused)).isEqualTo("AccessDenied"));
        assertThat(group().ipPermissions()).isEmpty();
        Filter own = Filter.builder().name("group-id").values("sg-orders").build();
        assertThat(ec2.describeSecurityGroups(ask -> ask.filters(own)).securityGroups())
                .hasSize(1);
    }
}
