// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.endpoint.ServerAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address that AWS gave a cluster or its writer: those of an account in a region differ in their first label only. Names of readers and custom
 * endpoints lead elsewhere and say nothing about a new cluster.
 *
 * @param rest what follows the identifier
 * @param port the source's, which a copy takes over
 */
record ClusterAddress(String rest, int port) {
    private static final Pattern HOST =
            Pattern.compile("[a-z0-9-]+(\\.(?:cluster-)?[a-z0-9]+\\.[a-z0-9-]+\\.rds\\.amazonaws\\.com(?:\\.cn)?)");

    /** Empty if it is no such address: an IP address, a name of the customer's own. */
    static Optional<ClusterAddress> parse(ServerAddress address) {
        Matcher matcher = HOST.matcher(address.host());
        return matcher.matches() ? Optional.of(new ClusterAddress(matcher.group(1), address.port())) : Optional.empty();
    }

    /** Where a cluster answers whose writer has the same identifier. */
    ServerAddress of(String identifier) {
        return new ServerAddress(identifier + rest, port);
    }
}
