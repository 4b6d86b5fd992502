// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.endpoint.Tls;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.spi.Engine;
import dev.sluice.testing.EngineContract;
import java.nio.file.Path;

class ExternalEngineContractTest extends EngineContract {
    @Override
    protected Engine engine() {
        return ExternalEngine.create();
    }

    @Override
    protected ReplicationPlan plan() {
        return ReplicationPlan.from(ExternalMySql.at("10.0.0.1", 3306)
                        .credentials("admin", Secret.env("A"))
                        .tls(Tls.verifiedIdentityBy(Path.of("ca.pem")))
                        .reachableByReplicaAt("db1.internal", 3307)
                        .connectingThrough("tunnel"))
                .to(ExternalMySql.at("10.0.0.2", 3306).credentials("admin", Secret.file(Path.of("b"))));
    }

    @Override
    protected ServerFacts sourceFacts() {
        return TestFacts.source("8.0.36").facts();
    }

    @Override
    protected ServerFacts replicaFacts() {
        return TestFacts.replica("8.0.36").facts();
    }
}
