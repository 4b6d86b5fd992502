// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.plan.CopyTablePlan;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.VerifyPlan;
import dev.sluice.api.spi.RequiredPrivilege;
import dev.sluice.api.spi.StepContext;
import java.util.ArrayList;
import java.util.List;

/**
 * All that the users of a plan must be allowed to do: what its steps declare, and what core's own work takes. What is missing is told from this
 * list, and the script that creates the accounts is written from it.
 */
final class PlanNeeds {
    private PlanNeeds() {}

    /** @param context with the grants of the users: some needs have a way out that depends on what else they hold */
    static List<Need> of(StepContext context, List<RequiredPrivilege> required) {
        List<Need> needs =
                new ArrayList<>(required.stream().map(PlanNeeds::need).toList());
        if (readsScope(context.plan())) {
            needs.addAll(SourceNeeds.of(context));
            needs.addAll(ReplicaNeeds.of(context));
        } else {
            needs.addAll(EndNeeds.of(context));
        }
        return needs;
    }

    private static boolean readsScope(Plan plan) {
        return plan instanceof ReplicationPlan || plan instanceof VerifyPlan || plan instanceof CopyTablePlan;
    }

    private static Need need(RequiredPrivilege one) {
        return new Need(one.target(), one.anyOf(), one.database(), one.tables(), purpose(one.reason()));
    }

    /** Engines say "to set server_id"; others say "set server_id". */
    private static String purpose(String reason) {
        return reason.startsWith("to ") ? reason.substring("to ".length()) : reason;
    }
}
