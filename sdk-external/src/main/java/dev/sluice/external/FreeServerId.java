// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.facts.ServerFacts;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * A server id that no server of the plan has. It is made from the server's UUID, so that it is always the same for one server, and
 * servers that the plan does not know of are unlikely to have it.
 */
final class FreeServerId {
    private FreeServerId() {}

    static long of(ServerFacts server, ServerFacts other) {
        Set<Long> taken = new HashSet<>(other.attachedReplicas());
        taken.addAll(server.attachedReplicas());
        taken.add(other.serverId());
        taken.add(server.serverId());
        return of(server.serverUuid(), taken);
    }

    private static long of(String serverUuid, Collection<Long> taken) {
        CRC32 digest = new CRC32();
        digest.update(serverUuid.getBytes(StandardCharsets.US_ASCII));
        // Ids are 1 to 2^32 - 1.
        long id = Math.max(1, digest.getValue());
        while (taken.contains(id)) {
            id = id % 0xFFFF_FFFFL + 1;
        }
        return id;
    }
}
