// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.spi.Engine;
import dev.sluice.testing.EngineContract;

class AuroraEngineContractTest extends EngineContract {
    @Override
    protected Engine engine() {
        return AuroraEngine.create();
    }

    @Override
    protected ReplicationPlan plan() {
        return ReplicationPlan.from(endpoint("orders", "source.example"))
                .to(
                        endpoint("orders-copy", "replica.example"),
                        AuroraOption.tlsMaterial(Secret.env("CA"), Secret.env("CERT"), Secret.env("KEY")))
                .replicationUserHost("10.0.%")
                .allowWriterReboot()
                .allowTlsMaterialReplacement();
    }

    private static AuroraMySql endpoint(String cluster, String host) {
        return AuroraMySql.cluster(cluster)
                .region("eu-west-1")
                .credentials("admin", Secret.env("A"))
                .at(host, 3306);
    }

    @Override
    protected ServerFacts sourceFacts() {
        return AuroraFactsOf.source(AuroraFactsOf.version3().gtidOn().binlogOff());
    }

    @Override
    protected ServerFacts replicaFacts() {
        return AuroraFactsOf.replica(AuroraFactsOf.version3().gtidOn());
    }
}
