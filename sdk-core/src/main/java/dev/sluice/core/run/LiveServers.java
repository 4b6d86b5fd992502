// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.CoordinatesReader;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatusReader;
import dev.sluice.core.mysql.SessionUse;
import dev.sluice.core.plan.ReplicationStop;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Both servers of a replication that runs. Thread-safe: each call opens sessions of its own. */
public final class LiveServers {
    private static final Duration POLL = Duration.ofMillis(100);

    private final MySqlConnector source;
    private final MySqlConnector replica;
    private final Clock clock;

    public LiveServers(Connectors connectors, ReplicationPlan plan, Clock clock) {
        Connectors.PlainText plainText =
                plan.allows(Consent.PLAIN_TEXT) ? Connectors.PlainText.ALLOWED : Connectors.PlainText.REFUSED;
        this.source = connectors.to(plan.source(), plainText, Map.of());
        this.replica = connectors.to(plan.replica(), plainText, Map.of());
        this.clock = clock;
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
            return ReplicaStatusReader.read(session, Dialect.of(session.version()), "");
        }
    }

    /**
     * Waits until the replica has applied everything before these coordinates.
     *
     * @throws StepRefusedException if replication stopped, is not configured, or the time is over
     */
    public void awaitApplied(Coordinates coordinates, Duration limit) {
        Instant deadline = clock.instant().plus(limit);
        Cancellation never = new Cancellation();
        while (!hasApplied(coordinates)) {
            if (!clock.instant().isBefore(deadline)) {
                throw refused("The replica did not reach " + coordinates.position() + " within " + limit);
            }
            never.sleep(POLL);
        }
    }

    private boolean hasApplied(Coordinates coordinates) {
        try (MySqlSession session = replica.open(SessionUse.CONTROL)) {
            ReplicaStatus status = ReplicaStatusReader.read(session, Dialect.of(session.version()), "")
                    .orElseThrow(() -> refused(replica.label() + " is no replica"));
            if (status.health().isFailed()) {
                throw ReplicationStop.of(status, session);
            }
            return status.hasApplied(coordinates);
        } catch (StepUnavailableException passing) {
            // Out of reach for a moment says nothing about the replication: the deadline decides.
            return false;
        }
    }

    private static StepRefusedException refused(String what) {
        return new StepRefusedException(Problem.of(RunCode.NOT_CAUGHT_UP, what));
    }
}
