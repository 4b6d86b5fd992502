// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.facts.ServerIdentity;
import dev.sluice.api.spi.Failovers;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Failovers of Aurora clusters. After that of one to which AWS itself replicates, AWS brings replication back: it is waited for.
 *
 * @param usual those of clusters that runs have pointed at their source
 * @param clusters tell which cluster a server belongs to
 */
record AuroraFailovers(Failovers usual, Clusters clusters) implements Failovers {
    @Override
    public ServerIdentity identity(ServerSession replica) {
        return usual.identity(replica);
    }

    @Override
    public List<String> toldSince(Endpoint replica, Instant since) {
        return usual.toldSince(replica, since);
    }

    @Override
    public Optional<String> lastingId(Endpoint endpoint, ServerSession server) {
        return clusters.lastingId((AuroraCluster) endpoint, server);
    }

    @Override
    public Step recovery() {
        return new OnReadReplica(usual.recovery(), new FollowByAws());
    }
}
