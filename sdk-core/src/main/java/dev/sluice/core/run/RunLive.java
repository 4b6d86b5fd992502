// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.endpoint.EndpointOption;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.Positioning;
import dev.sluice.api.plan.ReplicationAccount;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.core.plan.CatchUpWatch;
import dev.sluice.core.plan.CoreLive;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a step may use during a run: the context of its compilation, sessions, and what the run has found out so far. */
record RunLive(CompiledStep step, StepContext context, RunServers servers, RunMemory memory, RunLog log)
        implements CoreLive {
    @Override
    public ServerSession sourceSession() {
        return servers.link(Target.SOURCE).session();
    }

    @Override
    public ServerSession replicaSession() {
        return servers.link(Target.REPLICA).session();
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

    @Override
    public Plan plan() {
        return context.plan();
    }

    @Override
    public ReplicationPlan replication() {
        return context.replication();
    }

    @Override
    public EndPlan end() {
        return context.end();
    }

    @Override
    public ServerFacts source() {
        return context.source();
    }

    @Override
    public Optional<ServerFacts> findSource() {
        return context.findSource();
    }

    @Override
    public ServerFacts replica() {
        return context.replica();
    }

    @Override
    public Positioning positioning() {
        return context.positioning();
    }

    @Override
    public ReplicationAccount account() {
        return context.account();
    }

    @Override
    public ServerAddress sourceAsSeenByReplica() {
        return context.sourceAsSeenByReplica();
    }

    @Override
    public boolean alreadyReplicating() {
        return context.alreadyReplicating();
    }

    @Override
    public boolean allows(Consent consent) {
        return context.allows(consent);
    }

    @Override
    public <T extends EndpointOption<?>> List<T> sourceOptions(Class<T> type) {
        return context.sourceOptions(type);
    }

    @Override
    public <T extends EndpointOption<?>> List<T> replicaOptions(Class<T> type) {
        return context.replicaOptions(type);
    }
}
