// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import static dev.sluice.external.Scenario.PLAN;
import static dev.sluice.external.Scenario.context;
import static dev.sluice.external.Scenario.replica;
import static dev.sluice.external.Scenario.source;

import dev.sluice.api.endpoint.Tls;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.spi.Engine;
import dev.sluice.testing.CheckCase;
import dev.sluice.testing.EngineContract;
import java.nio.file.Path;
import java.util.List;

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
    protected List<Path> journals() {
        return List.of(Path.of("src", "test", "resources", "journals", "0.1.0.journal"));
    }

    @Override
    protected ServerFacts sourceFacts() {
        return TestFacts.source("8.0.36").facts();
    }

    @Override
    protected ServerFacts replicaFacts() {
        return TestFacts.replica("8.0.36").facts();
    }

    @Override
    protected List<CheckCase> checkCases() {
        TestFacts logging = source().with("log_raw", "ON").with("general_log", "ON");
        TestFacts loggingReplica = replica().with("log_raw", "ON").with("general_log", "ON");
        return List.of(
                new CheckCase(
                        "source-logs-passwords",
                        context(PLAN, logging, replica()),
                        context(PLAN, logging.with("general_log", "OFF"), loggingReplica)),
                new CheckCase(
                        "replica-logs-passwords",
                        context(PLAN, source(), loggingReplica),
                        context(PLAN, logging, loggingReplica.with("log_raw", "OFF"))));
    }
}
