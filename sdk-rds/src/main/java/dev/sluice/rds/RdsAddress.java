// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.api.endpoint.ServerAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address that AWS gave an instance: all instances of an account in a region differ in their first label only.
 *
 * @param rest what follows the identifier
 * @param port the port, which a read replica takes over from its source
 */
record RdsAddress(String rest, int port) {
    private static final Pattern HOST =
            Pattern.compile("[a-z0-9-]+(\\.[a-z0-9]+\\.[a-z0-9-]+\\.rds\\.amazonaws\\.com(?:\\.cn)?)");

    /** Empty if it is no such address: an IP address, a name of the customer's own. */
    static Optional<RdsAddress> parse(ServerAddress address) {
        Matcher matcher = HOST.matcher(address.host());
        return matcher.matches() ? Optional.of(new RdsAddress(matcher.group(1), address.port())) : Optional.empty();
    }

    /** Where another instance answers. */
    ServerAddress of(String identifier) {
        return new ServerAddress(identifier + rest, port);
    }
}
