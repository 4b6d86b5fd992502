// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.spi.StepContext;
import java.util.List;

/** MySQL supports replication between the two series, or the plan allows an unsupported pair. */
final class PairNotAdjacent implements FactsRule {
    @Override
    public String id() {
        return "pair-not-adjacent";
    }

    @Override
    public ErrorCode code() {
        return RuleCode.PAIR_NOT_ADJACENT;
    }

    @Override
    public List<Problem> problems(StepContext context) {
        ServerVersion source = context.source().version();
        ServerVersion replica = context.replica().version();
        if (context.allows(Consent.UNSUPPORTED_PAIR) || ReleaseSeries.adjacent(source, replica)) {
            return List.of();
        }
        return List.of(Problem.of(
                code(),
                "MySQL does not support replication from " + ReleaseSeries.name(source) + " to "
                        + ReleaseSeries.name(replica) + ": " + Labels.source(context) + " is " + source + ", "
                        + Labels.replica(context) + " is " + replica));
    }
}
