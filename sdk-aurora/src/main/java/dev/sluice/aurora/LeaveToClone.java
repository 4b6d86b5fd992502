// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;

/** A clone needs no snapshot: the call that makes the replica takes it. */
final class LeaveToClone implements Step {
    private static final String WHY = "The clone that becomes the replica is its own snapshot.";

    @Override
    public StepKey key() {
        return AuroraEngine.key("leave-to-clone");
    }

    @Override
    public GuideStep row() {
        return GuideStep.SNAPSHOT;
    }

    @Override
    public StepDraft compile(StepContext context) {
        return StepDraft.nothing(WHY).note("No lock is taken on the source, and no row is read from it.");
    }

    @Override
    public Look look(LiveContext context) {
        return Look.done(WHY);
    }
}
