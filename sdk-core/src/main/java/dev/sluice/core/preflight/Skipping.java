// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.ReplicationPlan;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which checks a plan leaves out. Whether it may do so was judged when it was compiled. Immutable and thread-safe.
 *
 * @param ids as the plan names them
 */
public record Skipping(Set<String> ids) {
    public Skipping {
        ids = Set.copyOf(ids);
    }

    /** Only plans that set up a replication leave anything out. */
    public static Skipping of(Plan plan) {
        return new Skipping(plan instanceof ReplicationPlan replication ? replication.skippedChecks() : Set.of());
    }

    /** What protects data is made even if a plan that was stored and changed by hand says otherwise. */
    boolean leavesOut(String id, boolean canBeSkipped) {
        return canBeSkipped && ids.contains(id);
    }

    /** In a stable order. */
    List<String> inOrder() {
        return List.copyOf(new TreeSet<>(ids));
    }
}
