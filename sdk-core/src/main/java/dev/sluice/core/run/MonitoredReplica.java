// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.facts.ServerIdentity;
import dev.sluice.api.run.ReplicaMove;
import dev.sluice.api.spi.Failovers;
import dev.sluice.core.monitor.HeartbeatStatements;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatusReader;
import java.util.List;
import java.util.Optional;

/** A replica that is asked again and again on one session, opened anew after a failure. One thread at a time. */
final class MonitoredReplica implements AutoCloseable {
    private final ServerLink link;
    private final LinkDialect dialect;
    private final Optional<MonitorFailovers> failovers;

    /** @param failovers recognises them; empty where the replica's engine does not */
    MonitoredReplica(ServerLink link, Optional<MonitorFailovers> failovers) {
        this.link = link;
        this.dialect = new LinkDialect(link);
        this.failovers = failovers;
    }

    /** What is to be told of a failover since the time before, after replication was brought back where that is allowed. */
    Optional<ReplicaMove> move(Cancellation stop) {
        return failovers.flatMap(each -> each.look(this, stop));
    }

    /** What it says of its default channel; empty if none is configured. */
    Optional<ReplicaStatus> status() {
        return ReplicaStatusReader.readDefault(link.session(), dialect.get());
    }

    /** What it says of all channels that have a source. */
    List<ReplicaStatus> statuses() {
        return ReplicaStatusReader.readAll(link.session(), dialect.get()).stream()
                .filter(status -> !status.source().host().isEmpty())
                .toList();
    }

    /** The newest heartbeat of a monitor that is there. */
    Optional<Long> beat(String monitor) {
        return link.session().queryValue(HeartbeatStatements.read(monitor)).map(Long::parseLong);
    }

    /** Which server answers. */
    ServerIdentity identity(Failovers failovers) {
        return failovers.identity(link.session());
    }

    void reset() {
        dialect.forget();
        link.reset();
    }

    @Override
    public void close() {
        link.close();
    }
}
