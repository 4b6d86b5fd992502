// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.spi.Engine;
import dev.sluice.testing.EngineContract;

class RdsEngineContractTest extends EngineContract {
    @Override
    protected Engine engine() {
        return RdsEngine.create();
    }

    @Override
    protected ReplicationPlan plan() {
        return ReplicationPlan.from(endpoint("orders", "source.example"))
                .to(endpoint("orders-copy", "replica.example"));
    }

    private static RdsMySql endpoint(String instance, String host) {
        return RdsMySql.instance(instance)
                .region("eu-west-1")
                .credentials("admin", Secret.env("A"))
                .at(host, 3306);
    }

    @Override
    protected ServerFacts sourceFacts() {
        return RdsFacts.source(RdsFacts.mysql80());
    }

    @Override
    protected ServerFacts replicaFacts() {
        return RdsFacts.replica(RdsFacts.mysql80());
    }
}
