// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.StepContext;
import java.util.List;

/** The replica takes rows by the fastest way. */
final class LocalInfileOff implements FactsRule {
    @Override
    public String id() {
        return "local-infile-off";
    }

    @Override
    public ErrorCode code() {
        return RuleCode.LOCAL_INFILE_OFF;
    }

    @Override
    public Level level() {
        return Level.NOTE;
    }

    @Override
    public List<Problem> problems(StepContext context) {
        boolean isOff = context.replica().variable("local_infile").isPresent()
                && !context.replica().isOn("local_infile");
        return isOff && PlanReach.copies(context) && !PlanReach.dumps(context)
                ? List.of(Problem.of(code(), Labels.capital(Labels.replica(context)) + " has local_infile=OFF"))
                : List.of();
    }
}
