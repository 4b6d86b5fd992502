// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.compiled.CompiledPlan;
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
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.StepContext;
import java.util.List;
import java.util.Optional;

/** What checks may know and use: the context in which the plan was compiled, and a session on each server. */
record CheckContext(CompiledPlan compiled, StepContext context, CheckSessions sessions) implements LiveContext {
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
