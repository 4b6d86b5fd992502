// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.core.mysql.Cancellation;
import java.util.Optional;

/** Brings replication back on the server that a failover has made the replica, for who watches it after its run. */
interface ReplicaRescue {
    /**
     * Claims the replica for as long as this takes.
     *
     * @param seen what the old server had executed, if it was asked
     * @param stop gives it up
     * @throws dev.sluice.api.error.StepException if another run works on the replica, or it cannot be done, or not be proven right
     */
    FailoverRepair.Repaired rescue(Optional<MySqlGtidSet> seen, Cancellation stop);
}
