// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.Target;
import dev.sluice.api.spi.Artefact;
import dev.sluice.api.spi.SeedAcceptance;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import java.util.List;

/** A real engine's way to load a replica, whose step finds what the script says. */
record StandInAcceptance(SeedAcceptance real, MockServers servers) implements SeedAcceptance {
    @Override
    public Artefact artefact() {
        return real.artefact();
    }

    @Override
    public List<Problem> unfit(StepContext context) {
        return real.unfit(context);
    }

    @Override
    public Step step() {
        return new StandInStep(real.step(), servers, Target.REPLICA);
    }
}
