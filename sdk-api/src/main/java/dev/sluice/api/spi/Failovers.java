// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.spi;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.facts.ServerIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an engine knows about failovers of its replicas: servers that come to answer where another one was. With it a run that waits for its
 * replica, and a monitor, go on at the new server. Implementations are thread-safe.
 */
public interface Failovers {
    /** Which server answers on this session, by its own word. Reads only, and is asked every second or so. */
    ServerIdentity identity(ServerSession replica);

    /**
     * What the provider tells of failovers of this replica since then, oldest first; empty if nobody can be asked. Only a hint to look at the
     * servers, which alone say who is the writer. Asked at most twice a minute.
     *
     * @throws dev.sluice.api.error.StepException if the provider cannot be asked; the servers are asked all the same
     */
    List<String> toldSince(Endpoint replica, Instant since);

    /**
     * What stays the same when another server answers after a failover, and is another's after a rename or a swap of names: what the provider
     * calls, for as long as it exists, what the answering server belongs to. Asked when a server's UUID is not the one that a run knows; compared
     * with {@link dev.sluice.api.facts.ServerFacts#lastingId()} of the run's facts. Empty if nobody can tell.
     *
     * @throws dev.sluice.api.error.StepException if provider or server cannot be asked
     */
    default Optional<String> lastingId(Endpoint endpoint, ServerSession server) {
        return Optional.empty();
    }

    /**
     * What is done on the new server, under a claim on it: its look is done as soon as replication runs there. Where its configuration
     * survived, it is only started. Where it was lost, the replica is pointed at the source by GTIDs; core has seen before that these say
     * exactly what the new server has applied. Without GTIDs the look refuses: nothing proves where to go on.
     */
    Step recovery();
}
