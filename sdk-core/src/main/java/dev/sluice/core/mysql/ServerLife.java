// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import java.time.Duration;

/**
 * A server from one of its starts to its end. Within it no two sessions have the same id; after a restart, and on another server, somebody else
 * may have it. Seen without any privilege, and with {@code performance_schema=OFF} as well.
 *
 * @param serverUuid {@code @@server_uuid}
 * @param earliest when it was started at the earliest, in seconds since 1970 by the server's clock
 * @param latest when it was started at the latest
 */
record ServerLife(String serverUuid, long earliest, long latest) {
    /**
     * As a server told it, in two answers.
     *
     * @param uptime for how many seconds it had been running
     * @param clock its clock after that, in seconds since 1970
     * @param asking how long both took; the second answer is later than the first by so much at most
     */
    static ServerLife of(String serverUuid, long uptime, long clock, Duration asking) {
        return new ServerLife(serverUuid, clock - uptime - asking.toSeconds() - 1, clock - uptime);
    }

    /** Both may be told a second or so apart, but no server is started twice within that. */
    boolean isSameAs(ServerLife other) {
        return serverUuid.equalsIgnoreCase(other.serverUuid) && earliest <= other.latest && other.earliest <= latest;
    }
}
