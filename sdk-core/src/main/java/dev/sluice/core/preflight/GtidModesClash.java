// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.spi.StepContext;
import java.util.List;

/** Where the plan follows file and position, the replica takes the kind of transactions that the source writes. */
final class GtidModesClash implements FactsRule {
    @Override
    public String id() {
        return "gtid-modes-clash";
    }

    @Override
    public ErrorCode code() {
        return RuleCode.GTID_MODES_CLASH;
    }

    @Override
    public List<Problem> problems(StepContext context) {
        if (GtidModes.of(context) != GtidModes.CLASH) {
            return List.of();
        }
        return List.of(Problem.of(
                code(),
                Labels.capital(Labels.source(context)) + " has gtid_mode=" + GtidModes.mode(context.source()) + " and "
                        + Labels.replica(context) + " has " + GtidModes.mode(context.replica())
                        + ", which do not replicate"));
    }
}
