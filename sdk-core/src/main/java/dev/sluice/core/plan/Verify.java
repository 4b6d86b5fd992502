// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.VerifyOperation;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.core.verify.VerifyStatements;

/** Compares structure and rows on both servers while replication goes on. */
final class Verify implements Step {
    @Override
    public StepKey key() {
        return CoreSteps.key("verify");
    }

    @Override
    public GuideStep row() {
        return GuideStep.VERIFY;
    }

    @Override
    public StepDraft compile(StepContext context) {
        return StepDraft.of(new VerifyOperation(
                        OperationInfo.reading(
                                "compare",
                                Target.BOTH,
                                "compare structure and rows of "
                                        + context.replication().scope()),
                        context.replication().scope(),
                        VerifyStatements.templates()))
                .note(
                        "Reads only, on both servers, while replication goes on; rows that differ are looked at again after the"
                                + " replica has passed the source's position of that moment.");
    }

    @Override
    public Look look(LiveContext context) {
        CoreLive live = (CoreLive) context;
        return live.verification()
                .filter(VerificationReport::isClean)
                .map(report -> Look.done(report.tables().size() + " tables and " + report.rows() + " rows are equal"))
                .orElseGet(() ->
                        Look.missing("not compared in this run", live.step().operations()));
    }
}
