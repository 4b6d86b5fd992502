// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.StepContext;
import java.util.List;

/** The replica takes every transaction that the source's GTID mode lets in. */
final class GtidModesLoose implements FactsRule {
    @Override
    public String id() {
        return "gtid-modes-loose";
    }

    @Override
    public ErrorCode code() {
        return RuleCode.GTID_MODES_LOOSE;
    }

    @Override
    public Level level() {
        return Level.WARNING;
    }

    @Override
    public List<Problem> problems(StepContext context) {
        if (GtidModes.of(context) != GtidModes.LOOSE) {
            return List.of();
        }
        return List.of(Problem.of(
                code(),
                Labels.capital(Labels.source(context)) + " has gtid_mode=" + GtidModes.mode(context.source()) + " and "
                        + Labels.replica(context) + " has " + GtidModes.mode(context.replica())
                        + ": a transaction of the other kind in the log stops replication"));
    }
}
