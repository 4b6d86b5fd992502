// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.mysql.RedoLog;
import java.util.List;

/** What the plan allows for speed can be done on this replica. */
final class RedoLogStaysOn implements FactsRule {
    @Override
    public String id() {
        return "redo-log-stays-on";
    }

    @Override
    public ErrorCode code() {
        return RuleCode.REDO_LOG_STAYS_ON;
    }

    @Override
    public Level level() {
        return Level.WARNING;
    }

    @Override
    public List<Problem> problems(StepContext context) {
        if (!context.allows(Consent.REDO_LOG_OFF) || !PlanReach.copies(context)) {
            return List.of();
        }
        return RedoLog.whyItStaysOn(context.replica())
                .map(why -> Problem.of(
                        code(), "The redo log of " + Labels.replica(context) + " stays on during the load: " + why))
                .stream()
                .toList();
    }
}
