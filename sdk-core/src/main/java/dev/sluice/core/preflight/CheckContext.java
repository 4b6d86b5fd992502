// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RunId;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.mysql.CoordinatesReader;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.plan.PassedOnContext;
import dev.sluice.core.plan.ReplicaWait;
import java.time.Clock;
import java.util.Optional;

/** What checks may know and use: the context in which the plan was compiled, and a session on each server. */
record CheckContext(CompiledPlan compiled, StepContext context, CheckSessions sessions)
        implements LiveContext, PassedOnContext {
    @Override
    public CompiledStep step() {
        return compiled.steps().get(0);
    }

    @Override
    public RunId run() {
        throw new IllegalStateException("A check comes before any run");
    }

    @Override
    public ServerSession seedSession() {
        throw new IllegalStateException("Before a run there is no temporary server");
    }

    @Override
    public ServerSession sourceSession() {
        return sessions.on(Target.SOURCE);
    }

    @Override
    public ServerSession replicaSession() {
        return sessions.on(Target.REPLICA);
    }

    /** A check is one look: the start is now. */
    @Override
    public Coordinates sourceAtStart() {
        return new CoordinatesReader(Dialect.of(source().version()), Clock.systemUTC())
                .read(sourceSession(), "", "read by a check");
    }

    @Override
    public Optional<String> replicaBehind() {
        return new ReplicaWait(Clock.systemUTC(), warning -> {}).behind(this);
    }

    @Override
    public Optional<Coordinates> coordinates() {
        return context.plan() instanceof ReplicationPlan plan ? plan.start() : Optional.empty();
    }
}
