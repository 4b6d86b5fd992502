// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

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
    protected List<Path> journals() {
        return List.of(Path.of("src", "test", "resources", "journals", "0.1.0.journal"));
    }

    @Override
    protected Endpoint endpoint(Secret password) {
        return RdsMySql.instance("orders").region("eu-west-1").credentials("admin", password);
    }

    @Override
    protected ServerFacts sourceFacts() {
        return RdsFacts.source(RdsFacts.mysql80());
    }

    @Override
    protected ServerFacts replicaFacts() {
        return RdsFacts.replica(RdsFacts.mysql80());
    }

    @Override
    protected List<CheckCase> checkCases() {
        MockFacts kept = RdsFacts.mysql80().variable("rds.binlog retention hours", "24");
        MockContext healthy = between(kept).sourceSession(heartbeats(true)).replicaSession(heartbeats(true));
        return List.of(
                new CheckCase("source-log-format", between(kept.variable("binlog_format", "MIXED")), healthy),
                new CheckCase("binlog-retention-unset", between(RdsFacts.mysql80()), healthy),
                new CheckCase("heartbeat-row", healthy.replicaSession(heartbeats(false)), healthy),
                new CheckCase("rds-storage", sized(kept, "107374182401"), sized(kept, "107374182400")));
    }

    /** A source of this size, and a replica that may grow to 100 GiB. */
    private MockContext sized(MockFacts source, String bytes) {
        return MockContext.of(
                        plan(),
                        RdsFacts.source(source),
                        RdsFacts.replica(RdsFacts.mysql80().variable("sluice.storage_gib", "100")))
                .sourceSession(sql -> List.of(Row.of(Map.of("db", "orders", "bytes", bytes))));
    }

    /** With heartbeats on both when the plan was compiled. */
    private MockContext between(MockFacts source) {
        return MockContext.of(
                plan(),
                RdsFacts.source(source.variable("sluice.heartbeat_row", "THERE")),
                RdsFacts.replica(RdsFacts.mysql80().variable("sluice.heartbeat_row", "THERE")));
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
