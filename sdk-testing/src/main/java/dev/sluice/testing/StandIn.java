// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.endpoint.SourceEndpoint;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.ApplierStops;
import dev.sluice.api.spi.Check;
import dev.sluice.api.spi.ControlPlane;
import dev.sluice.api.spi.EndpointCodec;
import dev.sluice.api.spi.Engine;
import dev.sluice.api.spi.Failovers;
import dev.sluice.api.spi.FailureRow;
import dev.sluice.api.spi.ReplicaTreatments;
import dev.sluice.api.spi.SeedAcceptance;
import dev.sluice.api.spi.SeedOffer;
import dev.sluice.api.spi.ServerAccess;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A real engine of which only that is used which asks no server: it writes and reads its endpoints and compiles plans. Everything else is
 * the mock servers' affair. Thread-safe as the engine is.
 */
final class StandIn implements Engine {
    private final Engine real;
    private final MockServers servers;
    private final MockEngine mock;

    StandIn(Engine real, MockServers servers, MockEngine mock) {
        if (real.access().isPresent()) {
            throw new IllegalArgumentException("The engine " + real.id() + " reaches no real servers as it is");
        }
        this.real = real;
        this.servers = servers;
        this.mock = mock;
    }

    @Override
    public EngineId id() {
        return real.id();
    }

    @Override
    public int builtForSpi() {
        return real.builtForSpi();
    }

    @Override
    public EndpointCodec endpoints() {
        return real.endpoints();
    }

    @Override
    public ServerAddress locate(Endpoint endpoint) {
        return MockEngine.address(endpoint);
    }

    @Override
    public ServerFacts facts(Endpoint endpoint, ServerAddress address, ServerSession session) {
        return servers.facts(id(), endpoint.label(), address);
    }

    @Override
    public Optional<ServerFacts> expectedFacts(ReplicaEndpoint replica, SourceEndpoint from, ServerFacts source) {
        return servers.state().isDone(GuideStep.LOAD) ? Optional.empty() : real.expectedFacts(replica, from, source);
    }

    @Override
    public List<Step> sourceSteps() {
        return real.sourceSteps().stream()
                .<Step>map(step -> new StandInStep(step, servers, Target.SOURCE))
                .toList();
    }

    @Override
    public List<Step> replicaSteps() {
        return real.replicaSteps().stream()
                .<Step>map(step -> new StandInStep(step, servers, Target.REPLICA))
                .toList();
    }

    @Override
    public List<LockKind> snapshotLocks() {
        return real.snapshotLocks();
    }

    @Override
    public Optional<Duration> binlogRetention(ServerFacts source) {
        return real.binlogRetention(source);
    }

    @Override
    public List<SeedOffer> seedOffers() {
        return real.seedOffers().stream()
                .<SeedOffer>map(offer -> new StandInOffer(offer, servers))
                .toList();
    }

    @Override
    public List<SeedAcceptance> seedAcceptances() {
        return real.seedAcceptances().stream()
                .<SeedAcceptance>map(one -> new StandInAcceptance(one, servers))
                .toList();
    }

    @Override
    public List<Check> sourceChecks() {
        return real.sourceChecks().stream().<Check>map(SilentCheck::new).toList();
    }

    @Override
    public List<Check> replicaChecks() {
        return real.replicaChecks().stream().<Check>map(SilentCheck::new).toList();
    }

    @Override
    public Optional<ControlPlane> controlPlane() {
        return mock.hasCredentials() ? Optional.of(servers) : Optional.empty();
    }

    @Override
    public Optional<Failovers> failovers() {
        return real.failovers();
    }

    @Override
    public Optional<ApplierStops> applierStops() {
        return real.applierStops();
    }

    @Override
    public ReplicaTreatments treatments() {
        return real.treatments();
    }

    @Override
    public List<FailureRow> failureRows() {
        return real.failureRows();
    }

    @Override
    public Optional<ServerAccess> access() {
        return Optional.of(servers);
    }

    @Override
    public void close() {
        real.close();
    }
}
