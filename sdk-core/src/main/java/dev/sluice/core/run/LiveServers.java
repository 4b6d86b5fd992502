// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.CoordinatesReader;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatusReader;
import dev.sluice.core.mysql.SessionUse;
import dev.sluice.core.plan.ReplicaWait;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Both servers of a replication that runs. Thread-safe: each call opens sessions of its own. */
public final class LiveServers {
    private static final Logger log = LoggerFactory.getLogger(LiveServers.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private final MySqlConnector source;
    private final MySqlConnector replica;
    private final Clock clock;

    public LiveServers(Connectors connectors, ReplicationPlan plan, Clock clock) {
        Connectors.PlainText plainText = Connectors.PlainText.of(plan.consents());
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
            return ReplicaStatusReader.readDefault(session, Dialect.of(session.version()));
        }
    }

    /**
     * Waits until the replica has applied everything before these coordinates.
     *
     * @throws StepRefusedException if replication failed, is not configured, has stood still for over a minute, or the time is over
     */
    public void awaitApplied(Coordinates coordinates, Duration limit) {
        Instant deadline = clock.instant().plus(limit);
        Cancellation never = new Cancellation();
        ReplicaWait wait = new ReplicaWait(clock, LiveServers::warn);
        while (!hasApplied(coordinates, wait)) {
            if (!clock.instant().isBefore(deadline)) {
                throw refused("The replica did not reach " + coordinates.position() + " within " + limit);
            }
            never.sleep(POLL);
        }
    }

    /** Nobody listens to events here. */
    private static void warn(Problem problem) {
        log.warn("A wait for the replica goes on. problem={}", problem);
    }

    private boolean hasApplied(Coordinates coordinates, ReplicaWait wait) {
        try (MySqlSession session = replica.open(SessionUse.CONTROL)) {
            return wait.status(session, Dialect.of(session.version())).hasApplied(coordinates);
        } catch (StepUnavailableException passing) {
            // Out of reach for a moment says nothing about the replication: the deadline decides.
            return false;
        }
    }

    private static StepRefusedException refused(String what) {
        return new StepRefusedException(Problem.of(RunCode.NOT_CAUGHT_UP, what));
    }
}
