// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.HeartbeatPlan;
import dev.sluice.api.plan.PausePlan;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.VerifyPlan;
import dev.sluice.core.mysql.ReplicationFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must hold for a plan whose source gets heartbeats. Thread-safe: no state. */
public final class HeartbeatRules {
    private HeartbeatRules() {}

    /**
     * That a monitor may write heartbeats into the source of a plan.
     *
     * @throws PlanRejectedException if the plan sets up no replication, does not allow it, or keeps them from the replica
     */
    public static void requireAllowed(Plan plan) {
        List<Problem> problems = new ArrayList<>();
        Optional<ReplicationPlan> replication = replication(plan);
        if (!plan.consents().contains(Consent.HEARTBEAT)) {
            problems.add(Problem.of(
                    PlanCode.CONSENT_MISSING,
                    "A monitor would write heartbeats into " + HeartbeatPlan.TABLE
                            + " on the source, which the plan does not allow",
                    "Add ." + Consent.HEARTBEAT.method() + " to the plan if that is acceptable"));
        }
        replication.ifPresentOrElse(
                known -> problems.addAll(outOfScope(known)),
                () -> problems.add(
                        Problem.of(PlanCode.HEARTBEAT_OUT_OF_SCOPE, "The plan names no scope and no source")));
        if (!problems.isEmpty()) {
            throw new PlanRejectedException(problems);
        }
    }

    private static Optional<ReplicationPlan> replication(Plan plan) {
        if (plan instanceof ReplicationPlan replication) {
            return Optional.of(replication);
        }
        if (plan instanceof HeartbeatPlan heartbeat) {
            return Optional.of(heartbeat.replication());
        }
        if (plan instanceof VerifyPlan verify) {
            return Optional.of(verify.replication());
        }
        return plan instanceof PausePlan pause ? pause.replication() : Optional.empty();
    }

    /** The filter that the plan sets would keep rows or database from the replica. */
    static List<Problem> outOfScope(ReplicationPlan plan) {
        ReplicationFilter filter = ReplicationFilter.of(plan.scope());
        return filter.admits(HeartbeatPlan.TABLE) && filter.admitsDatabase(HeartbeatPlan.DATABASE)
                ? List.of()
                : List.of(Problem.of(
                        PlanCode.HEARTBEAT_OUT_OF_SCOPE,
                        "Heartbeats are rows of " + HeartbeatPlan.TABLE + ", which the plan's scope leaves out: "
                                + plan.scope()));
    }
}
