// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import dev.sluice.testing.aws.SecurityGroup.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The actions of EC2 on security groups, as far as a rule for a replica needs them. */
final class SecurityGroupActions {
    private SecurityGroupActions() {}

    static Actions all() {
        Actions actions = new Actions();
        actions.add(
                        "DescribeSecurityGroups",
                        SecurityGroupActions::describe,
                        "GroupId",
                        "Filter",
                        "MaxResults",
                        "NextToken")
                .add("AuthorizeSecurityGroupIngress", SecurityGroupActions::authorize, "GroupId", "IpPermissions")
                .add("RevokeSecurityGroupIngress", SecurityGroupActions::revoke, "GroupId", "IpPermissions");
        return actions;
    }

    private static void describe(Ask ask, Xml result) {
        List<String> ids = ask.list("GroupId");
        List<SecurityGroup> found = ids.isEmpty()
                ? ask.region().securityGroups()
                : ids.stream().map(ask.region()::securityGroup).toList();
        List<SecurityGroup> wanted =
                found.stream().filter(one -> matches(ask, one)).toList();
        result.list("securityGroupInfo", wanted, one -> one.toXml(ask.region().account()));
    }

    /** EC2 names filters otherwise than RDS. */
    private static boolean matches(Ask ask, SecurityGroup group) {
        for (Map<String, String> filter : ask.structures("Filter")) {
            if (!filter.getOrDefault("Name", "").equals("group-id")) {
                throw ApiRefusal.value("This look-alike does not know the filter " + filter.get("Name"));
            }
            Set<String> values = Set.copyOf(filter.values());
            if (!values.contains(group.id())) {
                return false;
            }
        }
        return true;
    }

    private static void authorize(Ask ask, Xml result) {
        ask.region().securityGroup(ask.required("GroupId")).authorize(rules(ask));
        result.with("return", true);
    }

    private static void revoke(Ask ask, Xml result) {
        ask.region().securityGroup(ask.required("GroupId")).revoke(rules(ask));
        result.with("return", true);
    }

    private static List<Rule> rules(Ask ask) {
        List<Rule> rules = new ArrayList<>();
        for (Map<String, String> permission : ask.structures("IpPermissions")) {
            Ask one = new Ask(ask.region(), ask.action(), permission);
            one.structures("IpRanges").forEach(range -> rules.add(rule(one, range.getOrDefault("CidrIp", ""))));
            one.structures("Groups").forEach(group -> rules.add(rule(one, group.getOrDefault("GroupId", ""))));
        }
        if (rules.isEmpty()) {
            throw ApiRefusal.of("MissingParameter", "The request must contain the parameter ipPermissions");
        }
        return rules;
    }

    private static Rule rule(Ask permission, String peer) {
        return new Rule(
                permission.required("IpProtocol"),
                permission.number("FromPort").orElse(-1),
                permission.number("ToPort").orElse(-1),
                peer);
    }
}
