// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.run.RunId;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.PollPace;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import java.util.Optional;

/** A real engine's step, which compiles as it does and finds what the script says. */
record StandInStep(Step real, MockServers servers, Target target) implements Step {
    @Override
    public StepKey key() {
        return real.key();
    }

    @Override
    public GuideStep row() {
        return real.row();
    }

    @Override
    public StepDraft compile(StepContext context) {
        return real.compile(context);
    }

    @Override
    public Look look(LiveContext context) {
        return servers.look(row(), target, context);
    }

    @Override
    public PollPace pace() {
        return real.pace();
    }

    @Override
    public Optional<Endpoint> temporaryServer(StepContext context, RunId run) {
        return real.temporaryServer(context, run);
    }
}
