// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A security group with the rules for what may come in. Guarded by the lock of the state. */
final class SecurityGroup {
    private final String id;
    private final Set<Rule> rules = new LinkedHashSet<>();

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

    SecurityGroup(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    /** All of them or none. */
    void authorize(List<Rule> more) {
        for (Rule rule : more) {
            if (rules.contains(rule)) {
                throw ApiRefusal.of(
                        "InvalidPermission.Duplicate",
                        "the specified rule \"peer: " + rule.peer() + ", " + rule.protocol() + ", from port: "
                                + rule.fromPort() + ", to port: " + rule.toPort() + ", ALLOW\" already exists");
            }
        }
        rules.addAll(more);
    }

    /** All of them or none. */
    void revoke(List<Rule> less) {
        if (!rules.containsAll(less)) {
            throw ApiRefusal.of(
                    "InvalidPermission.NotFound", "The specified rule does not exist in this security group.");
        }
        less.forEach(rules::remove);
    }

    Xml toXml(String account) {
        return Xml.element("item")
                .with("ownerId", account)
                .with("groupId", id)
                .with("groupName", id)
                .with("groupDescription", "of the look-alike")
                .with("vpcId", "vpc-look-alike")
                .list("ipPermissions", rules, rule -> toXml(rule, account));
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
