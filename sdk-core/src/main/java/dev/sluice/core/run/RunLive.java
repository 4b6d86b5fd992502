// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.operation.Target;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunId;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.plan.CatchUpWatch;
import dev.sluice.core.plan.CoreLive;
import dev.sluice.core.plan.PassedOnContext;
import dev.sluice.core.plan.ReplicaWait;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a step may use during a run: the context of its compilation, sessions, and what the run has found out so far. */
record RunLive(
        CompiledStep step,
        StepContext context,
        RunServers servers,
        RunMemory memory,
        StepTime time,
        RunLog log,
        SourceAtStart start,
        ReplicaWait replicaWait)
        implements CoreLive, PassedOnContext {
    RunLive(
            CompiledStep step,
            StepContext context,
            RunServers servers,
            RunMemory memory,
            StepTime time,
            RunLog log,
            SourceAtStart start) {
        this(
                step,
                context,
                servers,
                memory,
                time,
                log,
                start,
                new ReplicaWait(
                        log.clock(), problem -> log.event((run, at) -> new RunEvent.Warning(run, at, problem))));
    }

    @Override
    public RunId run() {
        return servers.run();
    }

    @Override
    public ServerSession seedSession() {
        return servers.link(Target.SEED).session();
    }

    @Override
    public ServerSession sourceSession() {
        return servers.link(Target.SOURCE).session();
    }

    @Override
    public ServerSession replicaSession() {
        return servers.link(Target.REPLICA).session();
    }

    @Override
    public Coordinates sourceAtStart() {
        return start.read(this);
    }

    @Override
    public Optional<String> replicaBehind() {
        return replicaWait.behind(this);
    }

    @Override
    public Optional<String> told(String operationId) {
        return memory.told(Waiting.actionId(step.key(), operationId));
    }

    @Override
    public Optional<Coordinates> coordinates() {
        return Optional.ofNullable(memory.coordinates());
    }

    @Override
    public boolean snapshotIsOpen() {
        return memory.isSnapshotOpen();
    }

    @Override
    public boolean isLoaded() {
        return memory.isLoaded();
    }

    @Override
    public void requireLoadStays() {
        memory.believed().requireThere(replicaSession(), Dialect.of(replica().version()));
    }

    @Override
    public Optional<VerificationReport> verification() {
        return Optional.ofNullable(memory.verification());
    }

    @Override
    public CatchUpWatch catchUp() {
        return memory.catchUp();
    }

    @Override
    public void lagSeen(@Nullable Duration lag, String state) {
        memory.lag(lag);
        log.event((run, at) -> new RunEvent.LagObserved(run, at, lag, state));
    }
}
