// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.operation.Target;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.plan.PassedOnContext;
import java.util.Optional;

/** What checks may know and use: the context in which the plan was compiled, and a session on each server. */
record CheckContext(CompiledPlan compiled, StepContext context, CheckSessions sessions)
        implements LiveContext, PassedOnContext {
    @Override
    public CompiledStep step() {
        return compiled.steps().get(0);
    }

    @Override
    public ServerSession sourceSession() {
        return sessions.on(Target.SOURCE);
    }

    @Override
    public ServerSession replicaSession() {
        return sessions.on(Target.REPLICA);
    }

    @Override
    public Optional<Coordinates> coordinates() {
        return context.replication().start();
    }
}
