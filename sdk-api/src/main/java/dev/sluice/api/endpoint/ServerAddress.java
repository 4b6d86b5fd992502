// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.endpoint;

import static java.util.Objects.requireNonNull;

/**
 * Host and port of a server. Immutable and thread-safe.
 *
 * @param host a name or an IP address, without a port
 * @param port 1 to 65535
 */
public record ServerAddress(String host, int port) {
    /** MySQL's port where none is given. */
    public static final int DEFAULT_PORT = 3306;

    public ServerAddress {
        requireNonNull(host, "host");
        if (host.isBlank() || !host.equals(host.strip())) {
            throw new IllegalArgumentException("A host is a name or an IP address without blanks, not '" + host + "'");
        }
        if (host.chars().anyMatch(c -> c < ' ' || c == '/' || c == '?' || c == '@' || c == '\'')) {
            throw new IllegalArgumentException("A host is a name or an IP address, not '" + host + "'");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("A port is 1 to 65535, not " + port);
        }
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
