// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import java.util.Optional;

/**
 * The source's retention after a replication has ended. A plan that ends a replication does not know what it was before: a server keeps no
 * record of that. So nothing is set, and the preview says how to.
 */
final class RestoreRetention implements Step {
    @Override
    public StepKey key() {
        return RdsEngine.key("restore-retention");
    }

    @Override
    public GuideStep row() {
        return GuideStep.RESTORE_RETENTION;
    }

    @Override
    public StepDraft compile(StepContext context) {
        Optional<Long> now = RdsConfiguration.retentionHours(context.source());
        return StepDraft.nothing("The source keeps its binary logs " + RdsConfiguration.text(now)
                + ". What it was before the replication is in the journal of the run that set it up; RDS's default is "
                + RdsConfiguration.set(Optional.empty()).preview());
    }

    @Override
    public Look look(LiveContext context) {
        return Look.done("the retention is left as it is");
    }
}
