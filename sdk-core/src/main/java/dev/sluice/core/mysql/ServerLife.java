// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import java.time.Duration;

/**
 * A server from one of its starts to its end. Within it no two sessions have the same id; after a restart, and on another server, somebody else
 * may have it. Seen without any privilege, and with {@code performance_schema=OFF} as well.
 *
 * @param serverUuid {@code @@server_uuid}
 * @param startedAt when it was started, in seconds since 1970 by the server's clock
 */
record ServerLife(String serverUuid, long startedAt) {
    /** Clock and uptime are asked for one after the other, and an answer may be late. */
    private static final Duration INEXACT = Duration.ofSeconds(5);

    boolean isSameAs(ServerLife other) {
        return serverUuid.equalsIgnoreCase(other.serverUuid)
                && Math.abs(startedAt - other.startedAt) <= INEXACT.toSeconds();
    }
}
