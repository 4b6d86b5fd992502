// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;

/** Looks at the rules of security groups, page by page. Changes nothing. Thread-safe. */
public final class PortLooks {
    private static final String ALL_PROTOCOLS = "-1";

    private final AwsClients clients;

    /** With these clients, which stay the caller's to close. */
    public PortLooks(AwsClients clients) {
        this.clients = clients;
    }

    /**
     * Whether a rule lets exactly this peer in to the port, perhaps among other ports; whoever has made it. A wider range of addresses does
     * not count: a narrower rule beside it does no harm.
     *
     * @throws dev.sluice.api.error.StepException if AWS cannot be asked, or has no such group
     */
    public boolean isOpen(AwsPlace place, PortRule rule) {
        try {
            return isOpen(clients.ec2(place), rule);
        } catch (SdkException failure) {
            throw AwsFailures.whileReading(
                    failure, "DescribeSecurityGroupRules for " + rule.securityGroup() + " in " + place);
        }
    }

    static boolean isOpen(Ec2Client client, PortRule wanted) {
        return rules(client, wanted.securityGroup()).anyMatch(rule -> opens(rule, wanted));
    }

    /** What may come in. */
    static Stream<SecurityGroupRule> rules(Ec2Client client, String group) {
        Filter ofGroup = Filter.builder().name("group-id").values(group).build();
        return client
                .describeSecurityGroupRulesPaginator(request -> request.filters(ofGroup))
                .securityGroupRules()
                .stream()
                .filter(rule -> !Boolean.TRUE.equals(rule.isEgress()));
    }

    static boolean isOf(String run, SecurityGroupRule rule) {
        return rule.tags().stream()
                .anyMatch(tag -> Temporary.TAG.equals(tag.key()) && run.equalsIgnoreCase(tag.value()));
    }

    private static boolean opens(SecurityGroupRule rule, PortRule wanted) {
        return isOfPort(rule, wanted.port()) && isOfPeer(rule, wanted);
    }

    private static boolean isOfPort(SecurityGroupRule rule, int port) {
        if (ALL_PROTOCOLS.equals(rule.ipProtocol())) {
            return true;
        }
        Integer from = rule.fromPort();
        Integer to = rule.toPort();
        return "tcp".equals(rule.ipProtocol()) && from != null && to != null && from <= port && port <= to;
    }

    private static boolean isOfPeer(SecurityGroupRule rule, PortRule wanted) {
        if (wanted.isOfGroup()) {
            return rule.referencedGroupInfo() != null
                    && wanted.peer().equals(rule.referencedGroupInfo().groupId());
        }
        return wanted.peer().equalsIgnoreCase(wanted.isOfIpv6() ? rule.cidrIpv6() : rule.cidrIpv4());
    }
}
