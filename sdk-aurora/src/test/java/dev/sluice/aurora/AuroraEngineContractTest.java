// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.spi.Engine;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.testing.CheckCase;
import dev.sluice.testing.EngineContract;
import dev.sluice.testing.MockContext;
import dev.sluice.testing.MockFacts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
    protected List<Path> journals() {
        return List.of(Path.of("src", "test", "resources", "journals", "0.1.0.journal"));
    }

    @Override
    protected Endpoint endpoint(Secret password) {
        return AuroraMySql.cluster("orders").region("eu-west-1").credentials("admin", password);
    }

    @Override
    protected ServerFacts sourceFacts() {
        return AuroraFactsOf.source(AuroraFactsOf.version3().gtidOn().binlogOff());
    }

    @Override
    protected ServerFacts replicaFacts() {
        return AuroraFactsOf.replica(AuroraFactsOf.version3().gtidOn());
    }

    @Override
    protected List<CheckCase> checkCases() {
        MockFacts kept = AuroraFactsOf.version3().variable("rds.binlog retention hours", "24");
        MockContext healthy = between(kept.variable("aurora_binlog_replication_max_yield_seconds", "0"))
                .sourceSession(heartbeats(true))
                .replicaSession(heartbeats(true));
        return List.of(
                new CheckCase("source-log-format", between(kept.variable("binlog_row_image", "MINIMAL")), healthy),
                new CheckCase("binlog-retention-unset", between(AuroraFactsOf.version3()), healthy),
                new CheckCase(
                        "aurora-dump-yields",
                        between(kept.variable("aurora_binlog_replication_max_yield_seconds", "60")),
                        healthy),
                new CheckCase("heartbeat-row", healthy.replicaSession(heartbeats(false)), healthy));
    }

    /** With heartbeats on both when the plan was compiled. */
    private MockContext between(MockFacts source) {
        return MockContext.of(
                plan(),
                AuroraFactsOf.source(source.variable("sluice.heartbeat_row", "THERE")),
                AuroraFactsOf.replica(AuroraFactsOf.version3().variable("sluice.heartbeat_row", "THERE")));
    }

    /** A server that has the table for heartbeats, with its own row or without. */
    private static ServerSession heartbeats(boolean row) {
        return sql -> {
            if (sql.contains("information_schema.TABLES")) {
                return List.of(Row.of(Map.of("name", "rds_heartbeat2")));
            }
            return row && sql.contains("rds_heartbeat2") ? List.of(Row.of(Map.of("id", "1"))) : List.of();
        };
    }
}
