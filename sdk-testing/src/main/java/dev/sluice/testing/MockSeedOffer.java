// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Seed;
import dev.sluice.api.run.RunId;
import dev.sluice.api.spi.Artefact;
import dev.sluice.api.spi.SeedOffer;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import java.util.List;
import java.util.Optional;

/** A way to snapshot a mock source. */
record MockSeedOffer(MockServers servers, MockSeed way) implements SeedOffer {
    static Artefact artefact(String name) {
        return new Artefact(name, "a mock " + name);
    }

    @Override
    public Seed seed() {
        return way.seed();
    }

    @Override
    public Artefact artefact() {
        String name = way.artefactOrNull();
        return name == null ? Artefact.ROWS : artefact(name);
    }

    @Override
    public List<Problem> unfit(StepContext context) {
        String reason = way.unfitOrNull();
        return reason == null ? List.of() : List.of(Problem.of(MockCode.REFUSED, reason));
    }

    @Override
    public Step step() {
        return new MockSeedStep(servers, way);
    }

    @Override
    public Optional<Endpoint> server(StepContext context, RunId run) {
        return way.artefactOrNull() == null
                ? Optional.of(MockMySql.named(way.seed().name() + "-" + run))
                : Optional.empty();
    }
}
