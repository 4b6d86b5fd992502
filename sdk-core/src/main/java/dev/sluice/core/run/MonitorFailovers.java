// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.facts.ServerIdentity;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.run.ReplicaMove;
import dev.sluice.api.run.ReplicaMove.Outcome;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.ReplicaHealth;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.run.FailoverRepair.Repaired;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Follows the replica of a monitor through failovers. One thread at a time. */
final class MonitorFailovers {
    private final FailoverSigns signs;
    private final String label;
    private final Optional<ReplicaRescue> rescue;
    private final Clock clock;
    private @Nullable KnownServer known;
    private @Nullable MySqlGtidSet seen;

    /**
     * @param label what the replica is called
     * @param rescue brings replication back; empty if the plan does not allow it
     */
    MonitorFailovers(FailoverSigns signs, String label, Optional<ReplicaRescue> rescue, Clock clock) {
        this.signs = signs;
        this.label = label;
        this.rescue = rescue;
        this.clock = clock;
    }

    /**
     * Looks which server answers, and what to tell about it if it is another one than the time before.
     *
     * @throws StepUnavailableException if none answers, or one that is only a reader
     */
    Optional<ReplicaMove> look(MonitoredReplica replica, Cancellation stop) {
        if (signs.tellOfAMove()) {
            replica.reset();
        }
        KnownServer now = new KnownServer(replica.identity(signs.failovers()), clock.instant());
        requireWriter(now.identity());
        KnownServer before = known;
        if (before == null || before.goesOnAs(now)) {
            known = before == null ? now : before;
            replica.status().ifPresent(status -> seen = status.executed());
            return Optional.empty();
        }
        Repaired found = found(replica, stop);
        known = now;
        return Optional.of(new ReplicaMove(
                label,
                before.identity(),
                now.identity(),
                signs.told(before.at()),
                found.outcome(),
                found.replication()));
    }

    private void requireWriter(ServerIdentity identity) {
        if (!identity.isWriter()) {
            throw new StepUnavailableException(
                    Problem.of(RunCode.NO_WRITER, label + " leads to a server that takes no changes: " + identity));
        }
    }

    private Repaired found(MonitoredReplica replica, Cancellation stop) {
        Optional<ReplicaStatus> status = replica.status();
        boolean goesOn = status.map(ReplicaStatus::health)
                .filter(health -> health != ReplicaHealth.STOPPED)
                .isPresent();
        if (goesOn || (status.isPresent() && rescue.isEmpty())) {
            return new Repaired(Outcome.KEPT, status.get().reason());
        }
        return rescue.map(by -> rescued(by, stop))
                .orElseGet(() -> new Repaired(
                        Outcome.LEFT,
                        "no replication is configured, and the plan does not allow the monitor to change that: "
                                + Consent.REPOINT_BY_MONITOR.method()));
    }

    private Repaired rescued(ReplicaRescue by, Cancellation stop) {
        try {
            return by.rescue(Optional.ofNullable(seen), stop);
        } catch (StepException inVain) {
            return new Repaired(Outcome.LEFT, inVain.problems().get(0).what());
        }
    }
}
