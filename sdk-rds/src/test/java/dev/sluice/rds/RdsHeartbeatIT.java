// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.testing.aws.ApiCall;
import dev.sluice.testing.aws.AwsApi;
import dev.sluice.testing.load.Shop;
import dev.sluice.testing.load.Writers;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.Heartbeat;
import dev.sluice.testing.rds.RdsFlavour;
import dev.sluice.testing.rds.Unverified;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A managed source that writes into its own table, and a managed replica that has no such row. */
@Tag("long")
@Timeout(300)
class RdsHeartbeatIT {
    private static final Duration BEAT = Duration.ofMillis(500);

    private final Servers servers = new Servers();

    @AfterEach
    void close() {
        servers.close();
    }

    private Sluice sluice(RdsEngine engine) {
        return Sluice.builder()
                .journal(Journal.inMemory())
                .engines(engine)
                .secrets(SecretResolver.withNamed(servers::password))
                .build();
    }

    private ReplicationPlan plan(DressedServer source, DressedServer replica) {
        return ReplicationPlan.from(servers.endpoint("orders", source))
                .to(servers.endpoint("orders-copy", replica))
                .replicationUserHost("%");
    }

    private static String value(DressedServer server, String query) {
        return String.valueOf(server.server().query(query).get(0).get(0));
    }

    private DressedServer young() {
        return servers.dressed(RdsFlavour.MYSQL_8_0, options -> options, Unverified.HEART_HAS_NOT_BEATEN);
    }

    private static List<Finding> findings(Sluice sluice, CompiledPlan compiled) {
        return sluice.preflight(compiled).findings().stream()
                .filter(finding -> finding.check().equals("heartbeat-row"))
                .toList();
    }

    /** What would happen otherwise: the reason for all the rest. */
    @Test
    void aReplicaWithoutTheRowIsStoppedByTheSourcesNextBeatAndSaidBefore() throws InterruptedException {
        DressedServer source = servers.dressed(RdsFlavour.MYSQL_8_0);
        DressedServer replica = young();
        try (RdsEngine engine = RdsEngine.create();
                Sluice sluice = sluice(engine)) {
            source.server().execute("CREATE DATABASE shop", "CREATE TABLE shop.item (id INT PRIMARY KEY)");
            replica.server()
                    .execute("CHANGE REPLICATION FILTER REPLICATE_WILD_IGNORE_TABLE = ('mysql.rds\\\\_heartbeat2')");
            CompiledPlan compiled = sluice.compile(plan(source, replica));
            assertThat(sluice.start(compiled).await().state()).isEqualTo(RunState.SUCCEEDED);

            replica.server()
                    .execute(
                            "STOP REPLICA",
                            "CHANGE REPLICATION FILTER REPLICATE_WILD_IGNORE_TABLE = () FOR CHANNEL ''",
                            "START REPLICA");
            assertThat(findings(sluice, sluice.compile(plan(source, replica))))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.level()).isEqualTo(Level.WARNING));
        }
        source.beat();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !replica.server()
                        .query("SELECT 1 FROM performance_schema.replication_applier_status_by_worker"
                                + " WHERE LAST_ERROR_NUMBER = 1032")
                        .isEmpty());
    }

    @Test
    void itIsLeftOutByTheParameterGroupBeforeAnythingIsCopied() throws Exception {
        DressedServer source = servers.dressed(RdsFlavour.MYSQL_8_0);
        DressedServer replica = young();
        Shop.open(source.server());
        try (AwsApi api = AwsApi.start();
                ApiClient client = new ApiClient(api);
                RdsEngine engine = RdsEngine.create(client.clients());
                Sluice sluice = sluice(engine);
                Heartbeat heart = source.beating(BEAT);
                Writers writers = Shop.sells(source.server())) {
            api.region(ApiClient.REGION).instance("orders", source.server(), 1);
            api.region(ApiClient.REGION).instance("orders-copy", replica.server(), 1);
            ReplicationPlan plan = plan(source, replica);
            CompiledPlan compiled = sluice.compile(plan);
            assertThat(compiled.explain().text()).contains("replicate-wild-ignore-table", "mysql.rds_heartbeat2");
            assertThat(findings(sluice, compiled))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.level()).isEqualTo(Level.NOTE));

            RunResult result = sluice.start(compiled).await();

            assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(result.verification())
                    .hasValueSatisfying(report -> assertThat(report.isClean()).isTrue());
            assertThat(api.modifications().stream().map(ApiCall::action))
                    .containsExactly("CreateDBParameterGroup", "ModifyDBInstance", "ModifyDBParameterGroup");
            heart.close();
            source.beat();
            writers.stop();
            sluice.live(plan).awaitApplied(sluice.live(plan).sourceNow(), Duration.ofSeconds(60));
            assertThat(Shop.stock(replica.server())).isEqualTo(Shop.stock(source.server()));
            assertThat(replica.server().query("SELECT 1 FROM mysql.rds_heartbeat2"))
                    .isEmpty();

            assertThat(sluice.start(sluice.compile(plan)).await().changedSomething())
                    .isFalse();
            EndPlan end = EndPlan.of(plan.replica()).source(plan.source()).dropReplicationUser("sluice_repl", "%");
            assertThat(sluice.start(sluice.compile(end)).await().state()).isEqualTo(RunState.SUCCEEDED);
        }
    }

    @Test
    void withoutClientsTheRunWaitsUntilAPersonHasSetIt() throws InterruptedException {
        DressedServer source = servers.dressed(RdsFlavour.MYSQL_8_0);
        DressedServer replica = young();
        source.server()
                .execute(
                        "CREATE DATABASE shop",
                        "CREATE TABLE shop.item (id INT PRIMARY KEY)",
                        "INSERT INTO shop.item VALUES (1)");
        try (RdsEngine engine = RdsEngine.create();
                Sluice sluice = sluice(engine)) {
            ReplicationRun run = sluice.start(sluice.compile(plan(source, replica)));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !run.pendingActions().isEmpty());
            assertThat(run.pendingActions().get(0).instructions())
                    .anyMatch(line -> line.contains("replicate-wild-ignore-table"));
            assertThat(replica.server().query("SHOW DATABASES LIKE 'shop'")).isEmpty();

            replica.server().execute("CHANGE REPLICATION FILTER REPLICATE_WILD_IGNORE_TABLE = ('mysql.%', 'sys.%')");

            assertThat(run.await().state()).isEqualTo(RunState.SUCCEEDED);
        }
        source.beat();
        source.server().execute("INSERT INTO shop.item VALUES (2)");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> value(replica, "SELECT COUNT(*) FROM shop.item").equals("2"));
    }

    @Test
    void whereBothHaveTheirRowNothingIsSaidAndNothingFiltered() {
        DressedServer source = servers.dressed(RdsFlavour.MYSQL_8_0);
        DressedServer replica = servers.dressed(RdsFlavour.MYSQL_8_0);
        try (RdsEngine engine = RdsEngine.create();
                Sluice sluice = sluice(engine)) {
            CompiledPlan compiled = sluice.compile(plan(source, replica));

            assertThat(findings(sluice, compiled)).isEmpty();
            assertThat(compiled.explain().text()).doesNotContain("replicate-wild-ignore-table");
        }
    }
}
