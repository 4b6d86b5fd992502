// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.StepContext;
import java.util.List;

/** The source refuses what a replica with enforced GTID consistency could not apply. */
final class GtidConsistency implements FactsRule {
    @Override
    public String id() {
        return "gtid-consistency";
    }

    @Override
    public ErrorCode code() {
        return RuleCode.GTID_CONSISTENCY;
    }

    @Override
    public Level level() {
        return Level.WARNING;
    }

    @Override
    public List<Problem> problems(StepContext context) {
        if (!PlanReach.replicates(context)
                || !context.replica().isOn("enforce_gtid_consistency")
                || context.source().isOn("enforce_gtid_consistency")) {
            return List.of();
        }
        return List.of(Problem.of(
                code(),
                Labels.capital(Labels.replica(context)) + " has enforce_gtid_consistency=ON, and "
                        + Labels.source(context) + " has "
                        + context.source().variable("enforce_gtid_consistency").orElse("OFF")));
    }
}
