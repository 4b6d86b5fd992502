// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.Seed;
import dev.sluice.api.run.RunId;
import dev.sluice.api.spi.Artefact;
import dev.sluice.api.spi.SeedOffer;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A real engine's way to snapshot a source, whose step finds what the script says. */
record StandInOffer(SeedOffer real, MockServers servers) implements SeedOffer {
    @Override
    public Seed seed() {
        return real.seed();
    }

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
        return new StandInStep(real.step(), servers, Target.SOURCE);
    }

    @Override
    public Optional<Endpoint> server(StepContext context, RunId run) {
        return real.server(context, run);
    }

    @Override
    public Optional<Endpoint> server(StepContext context, RunId run, Function<String, Optional<String>> told) {
        return real.server(context, run, told);
    }
}
