// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.engine;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.spi.Engine;
import dev.sluice.testing.EngineContract;
import dev.sluice.testing.MockFacts;

/** All that an engine's author has to write to have the engine judged. */
class HarborEngineContractTest extends EngineContract {
    @Override
    protected Engine engine() {
        return new HarborEngine();
    }

    @Override
    protected ReplicationPlan plan() {
        return ReplicationPlan.from(HarborMySql.at("a.harbor.example", "admin", Secret.env("A")))
                .to(HarborMySql.at("b.harbor.example", "admin", Secret.env("B")));
    }

    @Override
    protected Endpoint endpoint(Secret password) {
        return HarborMySql.at("c.harbor.example", "admin", password);
    }

    @Override
    protected ServerFacts sourceFacts() {
        return MockFacts.mysql80().of(HarborEngine.ID, new ServerAddress("a.harbor.example", 3306));
    }

    @Override
    protected ServerFacts replicaFacts() {
        return MockFacts.mysql80().of(HarborEngine.ID, new ServerAddress("b.harbor.example", 3306));
    }
}
