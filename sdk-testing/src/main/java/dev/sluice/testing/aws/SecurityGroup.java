// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A security group with the rules for what may come in. Guarded by the lock of the state. */
final class SecurityGroup {
    private final String id;
    private final Map<Rule, Entry> rules = new LinkedHashMap<>();

    /**
     * One rule.
     *
     * @param protocol such as {@code tcp}
     * @param fromPort the first port
     * @param toPort the last port
     * @param peer a range of addresses, or the id of another group
     */
    record Rule(String protocol, int fromPort, int toPort, String peer) {
        boolean isGroup() {
            return peer.startsWith("sg-");
        }
    }

    /**
     * A rule as EC2 keeps it.
     *
     * @param id its own
     * @param rule what it lets in
     * @param description {@code ""} if it has none
     * @param tags may be empty
     */
    record Entry(String id, Rule rule, String description, Map<String, String> tags) {
        Entry {
            tags = Map.copyOf(tags);
        }

        Xml toXml(String group, String account) {
            Xml xml = Xml.element("item")
                    .with("securityGroupRuleId", id)
                    .with("groupId", group)
                    .with("groupOwnerId", account)
                    .with("isEgress", false)
                    .with("ipProtocol", rule.protocol())
                    .with("fromPort", rule.fromPort())
                    .with("toPort", rule.toPort());
            Xml peered = rule.isGroup()
                    ? xml.with(Xml.element("referencedGroupInfo")
                            .with("groupId", rule.peer())
                            .with("userId", account))
                    : xml.with(rule.peer().contains(":") ? "cidrIpv6" : "cidrIpv4", rule.peer());
            return peered.with("description", description.isEmpty() ? null : (Object) description)
                    .list(
                            "tagSet",
                            tags.entrySet(),
                            tag -> Xml.element("item").with("key", tag.getKey()).with("value", tag.getValue()));
        }
    }

    SecurityGroup(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    List<Entry> entries() {
        return List.copyOf(rules.values());
    }

    /**
     * All of them or none.
     *
     * @param more each with its description
     * @return how they are kept
     */
    List<Entry> authorize(Map<Rule, String> more, Map<String, String> tags) {
        for (Rule rule : more.keySet()) {
            if (rules.containsKey(rule)) {
                throw ApiRefusal.of(
                        "InvalidPermission.Duplicate",
                        "the specified rule \"peer: " + rule.peer() + ", " + rule.protocol() + ", from port: "
                                + rule.fromPort() + ", to port: " + rule.toPort() + ", ALLOW\" already exists");
            }
        }
        List<Entry> made = new ArrayList<>();
        more.forEach((rule, description) -> made.add(new Entry(newId(), rule, description, tags)));
        made.forEach(entry -> rules.put(entry.rule(), entry));
        return made;
    }

    private static String newId() {
        return "sgr-" + UUID.randomUUID().toString().replace("-", "").substring(0, 17);
    }

    /** All of them or none. */
    void revoke(List<Rule> less) {
        if (!rules.keySet().containsAll(less)) {
            throw ApiRefusal.of(
                    "InvalidPermission.NotFound", "The specified rule does not exist in this security group.");
        }
        less.forEach(rules::remove);
    }

    /** All of them or none, by their ids. */
    void revokeByIds(List<String> ids) {
        List<String> known = rules.values().stream().map(Entry::id).toList();
        for (String one : ids) {
            if (!known.contains(one)) {
                throw ApiRefusal.of(
                        "InvalidSecurityGroupRuleId.NotFound",
                        "The security group rule ID '" + one + "' does not exist");
            }
        }
        rules.values().removeIf(entry -> ids.contains(entry.id()));
    }

    Xml toXml(String account) {
        return Xml.element("item")
                .with("ownerId", account)
                .with("groupId", id)
                .with("groupName", id)
                .with("groupDescription", "of the look-alike")
                .with("vpcId", "vpc-look-alike")
                .list("ipPermissions", rules.keySet(), rule -> toXml(rule, account));
    }

    private static Xml toXml(Rule rule, String account) {
        Xml xml = Xml.element("item")
                .with("ipProtocol", rule.protocol())
                .with("fromPort", rule.fromPort())
                .with("toPort", rule.toPort());
        if (rule.isGroup()) {
            return xml.with(Xml.element("groups")
                    .with(Xml.element("item").with("groupId", rule.peer()).with("userId", account)));
        }
        return xml.with(Xml.element("ipRanges").with(Xml.element("item").with("cidrIp", rule.peer())));
    }
}
