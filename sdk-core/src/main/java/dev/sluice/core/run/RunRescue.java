// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.core.mysql.Cancellation;
import java.util.Optional;
import java.util.Set;

/**
 * Brings the replication of one run back after a failover, by connections and a claim of its own.
 *
 * @param parts of the run
 */
record RunRescue(RunParts parts) implements ReplicaRescue {
    @Override
    public FailoverRepair.Repaired rescue(Optional<MySqlGtidSet> seen, Cancellation stop) {
        RunTools tools = parts.tools();
        try (RunServers servers = parts.servers(stop);
                Claim claim = tools.claim(servers, stop, () -> {})) {
            return tools.repair(parts.compiled(), servers, parts.memory(), operations(servers))
                    .orElseThrow(() -> new IllegalStateException("Nobody knows how to recover from a failover"))
                    .repair(seen, stop);
        }
    }

    /** Nothing of this is the run's to undo, and it neither stops nor pauses with it. */
    private OperationRunner operations(RunServers servers) {
        RunTools tools = parts.tools();
        return tools.operations(
                servers,
                tools.text(parts.memory()),
                tools.undos(),
                parts.memory(),
                new RunControl(Set.of(), tools.log()));
    }
}
