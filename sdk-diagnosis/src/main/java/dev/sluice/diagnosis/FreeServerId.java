// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.spi.Symptoms;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;

/** A server id that neither server has, nor any replica that they show. Made from the replica's UUID, so that it is always the same. */
final class FreeServerId {
    private static final long MOST = 0xFFFF_FFFFL;

    private FreeServerId() {}

    static long of(Symptoms symptoms) {
        Set<Long> taken = new HashSet<>();
        collect(symptoms.replica(), taken);
        symptoms.source().ifPresent(source -> collect(source, taken));
        CRC32 digest = new CRC32();
        digest.update(symptoms.replica().serverUuid().getBytes(StandardCharsets.US_ASCII));
        long id = Math.max(1, digest.getValue());
        while (taken.contains(id)) {
            id = id % MOST + 1;
        }
        return id;
    }

    private static void collect(ServerFacts server, Set<Long> taken) {
        taken.add(server.serverId());
        taken.addAll(server.attachedReplicas());
    }
}
