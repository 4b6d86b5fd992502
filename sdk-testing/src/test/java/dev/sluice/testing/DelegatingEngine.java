// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.spi.EndpointCodec;
import dev.sluice.api.spi.Engine;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.Step;
import java.util.List;

/** An engine that is to be reached by MySQL's protocol, of which each test spoils a part. */
abstract class DelegatingEngine implements Engine {
    private final Engine honest;

    DelegatingEngine(Engine honest) {
        this.honest = honest;
    }

    @Override
    public EngineId id() {
        return honest.id();
    }

    @Override
    public int builtForSpi() {
        return honest.builtForSpi();
    }

    @Override
    public EndpointCodec endpoints() {
        return honest.endpoints();
    }

    @Override
    public ServerAddress locate(Endpoint endpoint) {
        return honest.locate(endpoint);
    }

    @Override
    public ServerFacts facts(Endpoint endpoint, ServerAddress address, ServerSession session) {
        return honest.facts(endpoint, address, session);
    }

    @Override
    public List<Step> sourceSteps() {
        return honest.sourceSteps();
    }

    @Override
    public List<Step> replicaSteps() {
        return honest.replicaSteps();
    }

    @Override
    public List<LockKind> snapshotLocks() {
        return honest.snapshotLocks();
    }
}
