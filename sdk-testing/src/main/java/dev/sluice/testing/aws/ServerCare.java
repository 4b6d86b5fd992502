// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.testservers.MySqlServer;
import java.util.Optional;

/**
 * Looks after the servers that calls bring about, beyond what a call itself does to them: dresses them, or puts something before them. Its
 * methods are called on threads of the API, before the resource is available, and may take seconds. Implementations must be thread-safe.
 */
public interface ServerCare {
    /**
     * A server was started for a restored or copied instance or cluster.
     *
     * @param id the identifier of the instance or the cluster
     * @param server on a copy of the original's data
     * @return where it is reached; empty for where it listens
     */
    default Optional<ServerAddress> started(String id, MySqlServer server) {
        return Optional.empty();
    }

    /** A server became a read replica that RDS manages. */
    default void becameReplica(MySqlServer server) {}

    /** A server that was such a replica stands alone. */
    default void wasPromoted(MySqlServer server) {}
}
