// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.core.monitor.Uptime;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.plan.ReplicaWait;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for a replica, on sessions of its own. What the source itself says has to be applied; the servers' own figures and what was fetched
 * count for nothing. A server that is out of reach is waited for as well. Thread-safe.
 */
record AppliedWait(ServersToWatch servers, Clock clock) {
    private static final Logger log = LoggerFactory.getLogger(AppliedWait.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration OFTEN = Duration.ofMillis(10);

    /** Asks once; what keeps it, or nothing once it is so. */
    private interface Look {
        Optional<String> whatIsMissing();
    }

    /**
     * Waits until everything before these coordinates is applied.
     *
     * @throws StepRefusedException if replication failed, is not configured, has stood still for over a minute, or the time is over
     * @throws dev.sluice.core.mysql.CancelledException if the thread is interrupted, or this is cancelled
     */
    void position(Coordinates coordinates, Duration limit, Cancellation stop) {
        try (ServerLink replica = servers.replica(stop)) {
            Supplier<ReplicaStatus> status = status(replica);
            until(
                    () -> status.get().hasApplied(coordinates) ? Optional.empty() : Optional.of(""),
                    "reach " + coordinates.position(),
                    limit,
                    POLL,
                    stop);
        }
    }

    /**
     * Waits until the replica is proven to be behind by no more than this, while both halves run.
     *
     * @throws StepRefusedException as {@link #position}; also if the replica is told to stay further behind, or nobody knows its source
     * @throws dev.sluice.core.mysql.CancelledException if the thread is interrupted, or this is cancelled
     */
    void catchUp(Duration maxLag, Duration limit, Cancellation stop) {
        if (maxLag.isZero() || maxLag.isNegative()) {
            throw new IllegalArgumentException("A replica is behind by some time, not by " + maxLag);
        }
        try (ServerLink source =
                        servers.source(stop).orElseThrow(AppliedWait::noSource).get();
                ServerLink replica = servers.replica(stop)) {
            Duration often = maxLag.dividedBy(5);
            CatchingUp catchingUp = new CatchingUp(source, status(replica), maxLag, clock);
            until(
                    catchingUp::whatIsMissing,
                    "come within " + maxLag.toMillis() + " ms of its source",
                    limit,
                    often.compareTo(POLL) > 0 ? POLL : often.compareTo(OFTEN) < 0 ? OFTEN : often,
                    stop);
        }
    }

    private static StepRefusedException noSource() {
        return refused("The plan names no source that the replica could catch up with");
    }

    private Supplier<ReplicaStatus> status(ServerLink replica) {
        ReplicaWait patience = new ReplicaWait(clock, AppliedWait::warn);
        LinkDialect dialect = new LinkDialect(replica);
        return () -> patience.status(replica.session(), dialect.get());
    }

    /** Nobody listens to events here. */
    private static void warn(Problem problem) {
        log.warn("A wait for the replica goes on. problem={}", problem);
    }

    private static void until(Look look, String what, Duration limit, Duration pause, Cancellation stop) {
        Uptime uptime = Uptime.begin();
        Optional<String> missing = look(look);
        while (missing.isPresent()) {
            if (uptime.now().compareTo(limit) >= 0) {
                throw refused("The replica did not " + what + " within " + limit
                        + (missing.get().isEmpty() ? "" : ": " + missing.get()));
            }
            if (!stop.sleep(pause)) {
                stop.check();
            }
            missing = look(look);
        }
    }

    private static Optional<String> look(Look look) {
        try {
            return look.whatIsMissing();
        } catch (StepUnavailableException passing) {
            // Out of reach for a moment says nothing about the replication: the deadline decides.
            return Optional.of(passing.problems().get(0).what());
        }
    }

    static StepRefusedException refused(String what) {
        return new StepRefusedException(Problem.of(RunCode.NOT_CAUGHT_UP, what));
    }
}
