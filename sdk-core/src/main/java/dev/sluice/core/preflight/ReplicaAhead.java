// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.spi.StepContext;
import java.util.List;

/** A replica that is loaded anew has no transactions of the source that the source does not know: it would skip new ones with their numbers. */
final class ReplicaAhead implements FactsRule {
    @Override
    public String id() {
        return "replica-ahead";
    }

    @Override
    public ErrorCode code() {
        return RuleCode.REPLICA_AHEAD;
    }

    @Override
    public List<Problem> problems(StepContext context) {
        // A replica that runs may have applied what came after the source's facts were read.
        if (!PlanReach.beginsReplication(context)) {
            return List.of();
        }
        ServerFacts source = context.source();
        MySqlGtidSet ahead = MySqlGtidSet.parse(context.replica().gtidExecuted())
                .of(source.serverUuid())
                .minus(MySqlGtidSet.parse(source.gtidExecuted()));
        return ahead.isEmpty()
                ? List.of()
                : List.of(Problem.of(
                        code(),
                        Labels.capital(Labels.replica(context)) + " has GTIDs of " + Labels.source(context)
                                + " that the source itself does not have: " + ahead));
    }
}
