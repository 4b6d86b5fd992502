// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.plan.Positioning;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.mysql.GtidsToCome;
import java.util.ArrayList;
import java.util.List;

/** Where the plan follows GTIDs, both servers have them. */
final class GtidNotOn implements FactsRule {
    @Override
    public String id() {
        return "gtid-not-on";
    }

    @Override
    public ErrorCode code() {
        return RuleCode.GTID_NOT_ON;
    }

    @Override
    public List<Problem> problems(StepContext context) {
        if (context.replication().positioning() != Positioning.GTID || !PlanReach.replicates(context)) {
            return List.of();
        }
        List<Problem> problems = new ArrayList<>();
        look(Labels.source(context), context.source(), problems);
        look(Labels.replica(context), context.replica(), problems);
        return problems;
    }

    private void look(String label, ServerFacts server, List<Problem> problems) {
        if (!server.gtidsOn() && !GtidsToCome.isSo(server)) {
            problems.add(Problem.of(
                    code(),
                    "The plan follows GTIDs, and " + label + " has gtid_mode=" + GtidModes.mode(server)
                            + ", enforce_gtid_consistency="
                            + server.variable("enforce_gtid_consistency").orElse("OFF")));
        }
    }
}
