// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.facts;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Which server answers, by its own word: an address proves nothing where a failover moves it. Immutable and thread-safe.
 *
 * @param serverUuid {@code @@server_uuid}; the same after a failover where the server's volume moves with it
 * @param name what the server calls itself: the instance of Aurora, the host name elsewhere
 * @param isWriter whether changes are taken there; not so on a reader of Aurora, where {@code innodb_read_only} is on
 * @param up for how long it has been running, in whole seconds
 */
public record ServerIdentity(String serverUuid, String name, boolean isWriter, Duration up) {
    public ServerIdentity {
        requireNonNull(serverUuid, "serverUuid");
        requireNonNull(name, "name");
        requireNonNull(up, "up");
    }

    /** Whether both are the same server on the same host, since whenever it runs. */
    public boolean isSameServerAs(ServerIdentity other) {
        return serverUuid.equalsIgnoreCase(other.serverUuid) && name.equals(other.name);
    }

    @Override
    public String toString() {
        return (name.isEmpty() ? "server" : name) + " (" + serverUuid + ")";
    }
}
