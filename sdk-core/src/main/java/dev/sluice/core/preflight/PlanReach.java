// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.plan.CopyMethod;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.spi.StepContext;

/** How far a plan goes on its two servers. */
final class PlanReach {
    private PlanReach() {}

    /** Whether rows are copied to the replica. */
    static boolean copies(StepContext context) {
        ReplicationPlan plan = context.replication();
        return !context.alreadyReplicating()
                && plan.start().isEmpty()
                && plan.lastStep().compareTo(GuideStep.LOAD) >= 0;
    }

    /** Whether client programs copy the rows. */
    static boolean dumps(StepContext context) {
        return copies(context) && context.replication().copyMethod() == CopyMethod.MYSQLDUMP;
    }

    /** Whether source and replica are compared. */
    static boolean verifies(StepContext context) {
        return context.replication().lastStep().compareTo(GuideStep.VERIFY) >= 0;
    }

    /** Whether the replica is to follow the source. */
    static boolean replicates(StepContext context) {
        return context.replication().lastStep().compareTo(GuideStep.ENABLE_REPLICATION) >= 0;
    }

    /** Whether replication is begun, and not only found to run already. */
    static boolean beginsReplication(StepContext context) {
        return replicates(context) && !context.alreadyReplicating();
    }
}
