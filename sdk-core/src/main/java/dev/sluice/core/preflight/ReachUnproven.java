// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.StepContext;
import java.util.List;

/** Tells where the replica will look for the source: only the replica itself can prove that it gets there. */
final class ReachUnproven implements FactsRule {
    @Override
    public String id() {
        return "reach-unproven";
    }

    @Override
    public ErrorCode code() {
        return RuleCode.REACH_UNPROVEN;
    }

    @Override
    public Level level() {
        return Level.NOTE;
    }

    @Override
    public List<Problem> problems(StepContext context) {
        return PlanReach.beginsReplication(context)
                ? List.of(Problem.of(
                        code(),
                        Labels.capital(Labels.replica(context)) + " will connect to the source at "
                                + context.sourceAsSeenByReplica()
                                + ", which cannot be tried from here"))
                : List.of();
    }
}
