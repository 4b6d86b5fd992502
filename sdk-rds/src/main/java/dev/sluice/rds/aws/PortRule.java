// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import static java.util.Objects.requireNonNull;

/**
 * What may come in to the servers of a security group: TCP, to one port. Immutable and thread-safe.
 *
 * @param securityGroup the group's id, such as {@code sg-0a1b2c3d}
 * @param peer who may: a range of addresses, such as {@code 203.0.113.7/32}, or the id of another security group
 * @param port 1 to 65535
 */
public record PortRule(String securityGroup, String peer, int port) {
    private static final String GROUP = "sg-[0-9a-zA-Z-]{1,64}";
    private static final String RANGE = "[0-9]{1,3}([.][0-9]{1,3}){3}/[0-9]{1,2}|[0-9a-fA-F:]{2,39}/[0-9]{1,3}";

    public PortRule {
        requireNonNull(securityGroup, "securityGroup");
        requireNonNull(peer, "peer");
        if (!securityGroup.matches(GROUP)) {
            throw new IllegalArgumentException(
                    "The id of a security group is written like sg-0a1b2c3d, not '" + securityGroup + "'");
        }
        if (!peer.matches(GROUP) && !peer.matches(RANGE)) {
            throw new IllegalArgumentException(
                    "Who may come in is a range such as 203.0.113.7/32 or a security group, not '" + peer + "'");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("A port is 1 to 65535, not " + port);
        }
    }

    boolean isOfGroup() {
        return peer.startsWith("sg-");
    }

    boolean isOfIpv6() {
        return peer.indexOf(':') >= 0;
    }

    @Override
    public String toString() {
        return "port " + port + " of " + securityGroup + " for " + peer;
    }
}
