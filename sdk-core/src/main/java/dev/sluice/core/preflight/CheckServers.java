// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.ReplicationAccount;
import dev.sluice.core.copy.CopyBudget;
import dev.sluice.core.dump.DumpPrograms;
import java.time.Duration;
import java.util.Optional;

/** How preflight reaches the servers of a plan. Implementations are thread-safe. */
public interface CheckServers {
    /**
     * Opens a session for checks.
     *
     * @param target the source or the replica
     * @throws dev.sluice.api.error.StepException if the server cannot be reached
     */
    CheckSession open(Target target);

    /** What a copy by mysqldump would start on this host; empty where engines copy in their own way. */
    default Optional<DumpPrograms> clientPrograms() {
        return Optional.empty();
    }

    /** How many connections a copy takes on a server at most, besides a few that look after it; 0 where engines copy in their own way. */
    default int copyConnections(Target target) {
        return 0;
    }

    /** What a copy may use; empty where engines copy in their own way. */
    default Optional<CopyBudget> copyBudget() {
        return Optional.empty();
    }

    /** How long the source keeps its binary logs now: zero if nobody promises anything, empty if for ever or unknown. */
    default Optional<Duration> binlogRetention() {
        return Optional.empty();
    }

    /**
     * Opens a session on the source as the plan's replication account, with the plan's password for it; empty where engines connect in their
     * own way.
     *
     * @throws dev.sluice.api.error.StepException if the account is not let in from here
     */
    default Optional<CheckSession> openOnSource(ReplicationAccount account) {
        return Optional.empty();
    }
}
