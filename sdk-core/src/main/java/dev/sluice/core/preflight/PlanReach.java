// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.plan.CopyMethod;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.VerificationWay;
import dev.sluice.api.plan.VerifyPlan;
import dev.sluice.api.spi.StepContext;

/** How far a plan goes on its two servers. */
final class PlanReach {
    private PlanReach() {}

    /** Whether rows are copied to the replica, which is not so where it is created with them. */
    static boolean copies(StepContext context) {
        return begins(context)
                && !context.replica().isExpected()
                && context.replication().lastStep().compareTo(GuideStep.LOAD) >= 0;
    }

    /** Whether client programs are started, which is for the snapshot already. */
    static boolean dumps(StepContext context) {
        ReplicationPlan plan = context.replication();
        return begins(context)
                && plan.copyMethod() == CopyMethod.MYSQLDUMP
                && plan.lastStep().compareTo(GuideStep.SNAPSHOT) >= 0;
    }

    /** A comparison by itself begins nothing, however its replication was begun. */
    private static boolean begins(StepContext context) {
        return !(context.plan() instanceof VerifyPlan)
                && !context.alreadyReplicating()
                && context.replication().start().isEmpty();
    }

    /** Whether source and replica are compared. */
    static boolean verifies(StepContext context) {
        return context.plan() instanceof VerifyPlan
                || context.replication().lastStep().compareTo(GuideStep.VERIFY) >= 0;
    }

    /** Whether they are compared by snapshots of both, of which that of the source opens under a lock. */
    static boolean verifiesAtOnePosition(StepContext context) {
        return verifies(context) && context.replication().verificationWay() == VerificationWay.AT_ONE_POSITION;
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
