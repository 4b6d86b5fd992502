// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.engine;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.spi.EndpointCodec;
import dev.sluice.api.spi.Engine;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.Spi;
import dev.sluice.api.spi.Step;
import dev.sluice.core.mysql.FactsReader;
import java.util.List;

/** Teaches Sluice one kind of server. Given to a Sluice by name: {@code Sluice.builder().engines(new HarborEngine(), …)}. */
public final class HarborEngine implements Engine {
    /** The kind of server. It stands in plans and journals, and so never changes. */
    public static final EngineId ID = new EngineId("harbor-mysql");

    @Override
    public EngineId id() {
        return ID;
    }

    /** The constant is copied in here by the compiler, which is how Sluice sees an engine that was built for another version. */
    @Override
    public int builtForSpi() {
        return Spi.LEVEL;
    }

    @Override
    public EndpointCodec endpoints() {
        return new HarborCodec();
    }

    @Override
    public ServerAddress locate(Endpoint endpoint) {
        return ((HarborMySql) endpoint).where();
    }

    /** The toolkit asks what every engine wants to know. What only this provider says is added with {@code plusVariables}. */
    @Override
    public ServerFacts facts(Endpoint endpoint, ServerAddress address, ServerSession session) {
        return FactsReader.read(ID, address, session);
    }

    @Override
    public List<Step> sourceSteps() {
        return HarborSteps.ofSource();
    }

    @Override
    public List<Step> replicaSteps() {
        return HarborSteps.ofReplica();
    }

    /** Harbor refuses a global read lock, as most providers do. */
    @Override
    public List<LockKind> snapshotLocks() {
        return List.of(LockKind.TABLE_WRITE_LOCKS);
    }
}
