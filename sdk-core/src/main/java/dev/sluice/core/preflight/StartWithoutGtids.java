// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Positioning;
import dev.sluice.api.spi.StepContext;
import java.util.List;

/** Start coordinates hold GTIDs where the plan follows them. */
final class StartWithoutGtids implements FactsRule {
    @Override
    public String id() {
        return "start-without-gtids";
    }

    @Override
    public ErrorCode code() {
        return RuleCode.START_WITHOUT_GTIDS;
    }

    @Override
    public List<Problem> problems(StepContext context) {
        return context.replication().start().stream()
                .filter(start -> context.positioning() == Positioning.GTID)
                .filter(start -> start.gtids().isEmpty())
                .map(start -> Problem.of(
                        code(),
                        "The plan follows GTIDs and starts from " + start.position()
                                + ", which comes without a GTID set"))
                .toList();
    }
}
