// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.spi.Engine;

class MockEngineContractTest extends EngineContract {
    @Override
    protected Engine engine() {
        return MockEngine.create();
    }

    @Override
    protected ReplicationPlan plan() {
        return ReplicationPlan.from(MockMySql.named("db1")).to(MockMySql.named("db2"));
    }

    @Override
    protected Endpoint endpoint(Secret password) {
        return MockMySql.named("db3");
    }

    @Override
    protected ServerFacts sourceFacts() {
        return MockFacts.mysql80().of(MockMySql.ENGINE, new ServerAddress("db1", 3306));
    }

    @Override
    protected ServerFacts replicaFacts() {
        return MockFacts.mysql80().of(MockMySql.ENGINE, new ServerAddress("db2", 3306));
    }
}
