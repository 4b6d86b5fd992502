// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import dev.sluice.testing.aws.SecurityGroup.Entry;
import dev.sluice.testing.aws.SecurityGroup.Rule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

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
                .add(
                        "DescribeSecurityGroupRules",
                        SecurityGroupActions::describeRules,
                        "Filter",
                        "MaxResults",
                        "NextToken")
                .add(
                        "AuthorizeSecurityGroupIngress",
                        SecurityGroupActions::authorize,
                        "GroupId",
                        "IpPermissions",
                        "TagSpecification")
                .add(
                        "RevokeSecurityGroupIngress",
                        SecurityGroupActions::revoke,
                        "GroupId",
                        "IpPermissions",
                        "SecurityGroupRuleId");
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
        SecurityGroup group = ask.region().securityGroup(ask.required("GroupId"));
        List<Entry> made = group.authorize(described(ask), tags(ask));
        result.with("return", true);
        result.list(
                "securityGroupRuleSet",
                made,
                entry -> entry.toXml(group.id(), ask.region().account()));
    }

    private static void revoke(Ask ask, Xml result) {
        SecurityGroup group = ask.region().securityGroup(ask.required("GroupId"));
        List<String> ids = ask.list("SecurityGroupRuleId");
        if (ids.isEmpty()) {
            group.revoke(List.copyOf(described(ask).keySet()));
        } else {
            group.revokeByIds(ids);
        }
        result.with("return", true);
    }

    private static void describeRules(Ask ask, Xml result) {
        Xml found = Xml.element("securityGroupRuleSet");
        for (SecurityGroup group : ask.region().securityGroups()) {
            group.entries().stream()
                    .filter(entry -> matches(ask, group, entry))
                    .forEach(entry ->
                            found.with(entry.toXml(group.id(), ask.region().account())));
        }
        result.with(found);
    }

    private static boolean matches(Ask ask, SecurityGroup group, Entry entry) {
        for (Map<String, String> filter : ask.structures("Filter")) {
            String name = filter.getOrDefault("Name", "");
            String value = filter.getOrDefault("Value.1", "");
            boolean fits;
            if (name.equals("group-id")) {
                fits = group.id().equals(value);
            } else if (name.startsWith("tag:")) {
                fits = value.equals(entry.tags().get(name.substring("tag:".length())));
            } else {
                throw ApiRefusal.value("This look-alike does not know the filter " + name);
            }
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, String> tags(Ask ask) {
        Map<String, String> tags = new TreeMap<>();
        for (Map<String, String> specification : ask.structures("TagSpecification")) {
            if (!specification.getOrDefault("ResourceType", "").equals("security-group-rule")) {
                throw ApiRefusal.value("Only rules of security groups are tagged here");
            }
            new Ask(ask.region(), ask.action(), specification)
                    .structures("Tag")
                    .forEach(tag -> tags.put(tag.getOrDefault("Key", ""), tag.getOrDefault("Value", "")));
        }
        return tags;
    }

    /** The rules with their descriptions. */
    private static Map<Rule, String> described(Ask ask) {
        Map<Rule, String> rules = new LinkedHashMap<>();
        for (Map<String, String> permission : ask.structures("IpPermissions")) {
            Ask one = new Ask(ask.region(), ask.action(), permission);
            put(rules, one, "IpRanges", "CidrIp");
            put(rules, one, "Ipv6Ranges", "CidrIpv6");
            put(rules, one, "Groups", "GroupId");
        }
        if (rules.isEmpty()) {
            throw ApiRefusal.of("MissingParameter", "The request must contain the parameter ipPermissions");
        }
        return rules;
    }

    private static void put(Map<Rule, String> rules, Ask permission, String list, String peer) {
        for (Map<String, String> each : permission.structures(list)) {
            rules.put(rule(permission, each.getOrDefault(peer, "")), each.getOrDefault("Description", ""));
        }
    }

    private static Rule rule(Ask permission, String peer) {
        return new Rule(
                permission.required("IpProtocol"),
                permission.number("FromPort").orElse(-1),
                permission.number("ToPort").orElse(-1),
                peer);
    }
}
