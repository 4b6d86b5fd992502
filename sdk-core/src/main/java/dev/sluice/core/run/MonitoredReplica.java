// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.facts.ServerIdentity;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.run.ReplicaMove;
import dev.sluice.api.spi.Failovers;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatusReader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A replica that is asked again and again on one session, opened anew after a failure. One thread at a time. */
final class MonitoredReplica implements AutoCloseable {
    private final ServerLink link;
    private final Optional<MonitorFailovers> failovers;
    private @Nullable Dialect dialect;

    /** @param failovers recognises them; empty where the replica's engine does not */
    MonitoredReplica(ServerLink link, Optional<MonitorFailovers> failovers) {
        this.link = link;
        this.failovers = failovers;
    }

    /** What is to be told of a failover since the time before, after replication was brought back where that is allowed. */
    Optional<ReplicaMove> move(Cancellation stop) {
        return failovers.flatMap(each -> each.look(this, stop));
    }

    /** What it says of its default channel; empty if none is configured. */
    Optional<ReplicaStatus> status() {
        return ReplicaStatusReader.readDefault(link.session(), dialect());
    }

    /** Which server answers. */
    ServerIdentity identity(Failovers failovers) {
        return failovers.identity(link.session());
    }

    /** Asked anew after a failure: a server that was gone may come back in another version. */
    private Dialect dialect() {
        Dialect known = dialect;
        if (known == null) {
            known = Dialect.of(ServerVersion.parse(
                    link.session().queryValue("SELECT VERSION()").orElse("")));
            dialect = known;
        }
        return known;
    }

    void reset() {
        dialect = null;
        link.reset();
    }

    @Override
    public void close() {
        link.close();
    }
}
