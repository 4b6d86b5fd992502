// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.facts.ServerFacts;
import java.util.Map;

/**
 * Whether the connection from a replica to its source can be encrypted, which is known to the engines of both: the source must offer TLS, and
 * some managed replicas cannot use it. Thread-safe: no state.
 */
public final class ReplicationLink {
    /** Under this name the facts hold it, among the server's variables. */
    private static final String FACT = "sluice.replicates_with_tls";

    private static final String NO = "NO";

    private ReplicationLink() {}

    /** Facts of a server that cannot encrypt its connection to a source. */
    public static ServerFacts withoutTls(ServerFacts replica) {
        return replica.plusVariables(Map.of(FACT, NO));
    }

    /** Whether both sides can. */
    public static boolean canBeEncrypted(ServerFacts source, ServerFacts replica) {
        return source.tlsOffered() && replica.variable(FACT).filter(NO::equals).isEmpty();
    }
}
