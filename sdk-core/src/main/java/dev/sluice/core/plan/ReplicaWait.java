// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicaHealth;
import dev.sluice.core.mysql.ReplicaPatience;
import dev.sluice.core.mysql.ReplicaPatience.Verdict;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatusReader;
import dev.sluice.core.mysql.ReplicationCode;
import dev.sluice.core.mysql.ReplicationStop;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/** Waits for a replica by {@link ReplicaPatience}, and ends the wait where it is in vain. One thread at a time. */
public final class ReplicaWait {
    private final ReplicaPatience patience;
    private final Consumer<Problem> warnings;
    private boolean sourceWasAway;

    /**
     * Begins to wait.
     *
     * @param warnings told once each time that the replica loses its source
     */
    public ReplicaWait(Clock clock, Consumer<Problem> warnings) {
        this.patience = new ReplicaPatience(clock);
        this.warnings = warnings;
    }

    /**
     * What the replica says of its default channel, if waiting for it makes sense.
     *
     * @throws StepRefusedException if it knows no source, a half stopped with an error, or it stood still for too long
     */
    public ReplicaStatus status(ServerSession replica, Dialect dialect) {
        ReplicaStatus status = ReplicaStatusReader.readDefault(replica, dialect)
                .orElseThrow(
                        () -> refused(ReplicationCode.NOT_CONFIGURED, "No replication is configured on the replica"));
        require(status, replica);
        return status;
    }

    /** The same for a status that was read already. */
    void require(ReplicaStatus status, ServerSession replica) {
        Verdict verdict = patience.judge(status);
        if (verdict == Verdict.SOURCE_AWAY && !sourceWasAway) {
            warnings.accept(Problem.of(ReplicationCode.SOURCE_AWAY, status.reason()));
        }
        sourceWasAway = verdict == Verdict.SOURCE_AWAY;
        switch (verdict) {
            case GOES_ON, SOURCE_AWAY -> {}
            case STANDS_STILL -> throw refused(ReplicationCode.STANDS_STILL, status.reason());
            case FAILED -> throw ReplicationStop.of(status, replica);
        }
    }

    /** See {@link LiveContext#replicaBehind()}. */
    public Optional<String> behind(LiveContext context) {
        Coordinates start = context.sourceAtStart();
        ReplicaStatus status =
                status(context.replicaSession(), Dialect.of(context.replica().version()));
        if (status.health() != ReplicaHealth.RUNNING) {
            return Optional.of(status.reason());
        }
        return status.hasApplied(start)
                ? Optional.empty()
                : Optional.of("the replica has not applied everything up to " + start.position());
    }

    private static StepRefusedException refused(ReplicationCode code, String what) {
        return new StepRefusedException(Problem.of(code, what));
    }
}
