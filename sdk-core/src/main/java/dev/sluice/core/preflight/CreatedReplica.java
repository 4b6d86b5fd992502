// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.spi.StepContext;
import java.util.List;

/** A replica that the plan creates is still to be created, or was, and follows the source: then there is nothing to do. */
final class CreatedReplica implements FactsRule {
    @Override
    public String id() {
        return "created-replica";
    }

    @Override
    public ErrorCode code() {
        return RuleCode.REPLICA_IS_THERE;
    }

    @Override
    public List<Problem> problems(StepContext context) {
        ReplicationPlan plan = context.replication();
        if (!plan.replica().isCreatedByPlan() || context.alreadyReplicating()) {
            return List.of();
        }
        if (!context.replica().isExpected()) {
            return List.of(Problem.of(code(), Labels.capital(Labels.replica(context)) + " is there already"));
        }
        return plan.start().isPresent()
                ? List.of(Problem.of(
                        RuleCode.NOTHING_TO_CREATE_FROM,
                        Labels.capital(Labels.replica(context)) + " is not there, and nothing would create it"))
                : List.of();
    }
}
