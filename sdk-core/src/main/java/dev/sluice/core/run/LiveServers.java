// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.CoordinatesReader;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatusReader;
import dev.sluice.core.mysql.SessionUse;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Both servers of a replication that runs. Thread-safe: each call opens sessions of its own. */
public final class LiveServers {
    private final MySqlConnector source;
    private final MySqlConnector replica;
    private final Clock clock;
    private final AppliedWait wait;

    public LiveServers(Connectors connectors, ReplicationPlan plan, Clock clock) {
        Connectors.PlainText plainText = Connectors.PlainText.of(plan.consents());
        this.source = connectors.to(plan.source(), plainText, Map.of());
        this.replica = connectors.to(plan.replica(), plainText, Map.of());
        this.clock = clock;
        this.wait = new AppliedWait(ServersToWatch.of(connectors, plan), clock);
    }

    public MySqlConnector source() {
        return source;
    }

    public MySqlConnector replica() {
        return replica;
    }

    /** Where the source's binary log stands now. */
    public Coordinates sourceNow() {
        try (MySqlSession session = source.open(SessionUse.CONTROL)) {
            return new CoordinatesReader(Dialect.of(session.version()), clock).read(session, "", "read on demand");
        }
    }

    /** What the replica says about its default channel; empty if none is configured. */
    public Optional<ReplicaStatus> status() {
        try (MySqlSession session = replica.open(SessionUse.CONTROL)) {
            return ReplicaStatusReader.readDefault(session, Dialect.of(session.version()));
        }
    }

    /**
     * Waits until the replica has applied everything before these coordinates.
     *
     * @throws dev.sluice.api.error.StepRefusedException if replication failed, is not configured, has stood still for over a minute, or the
     *     time is over
     */
    public void awaitApplied(Coordinates coordinates, Duration limit) {
        wait.position(coordinates, limit, new Cancellation());
    }

    /**
     * Waits until the replica is proven to be behind by no more than this, while both halves run.
     *
     * @throws dev.sluice.api.error.StepRefusedException as {@link #awaitApplied}; also if the replica is told to stay further behind
     */
    public void awaitCatchUp(Duration maxLag, Duration limit) {
        wait.catchUp(maxLag, limit, new Cancellation());
    }
}
