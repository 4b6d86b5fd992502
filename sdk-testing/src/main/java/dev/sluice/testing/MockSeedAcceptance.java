// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.Artefact;
import dev.sluice.api.spi.SeedAcceptance;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import java.util.List;

/** A way to load a mock replica. */
record MockSeedAcceptance(MockServers servers, String name) implements SeedAcceptance {
    @Override
    public Artefact artefact() {
        return MockSeedOffer.artefact(name);
    }

    @Override
    public List<Problem> unfit(StepContext context) {
        return List.of();
    }

    @Override
    public Step step() {
        return new MockStep(servers, GuideStep.LOAD, Target.REPLICA);
    }
}
