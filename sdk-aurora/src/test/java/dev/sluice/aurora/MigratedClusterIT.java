// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.rds.RdsEngine;
import dev.sluice.rds.RdsMySql;
import dev.sluice.rds.RdsSeed;
import dev.sluice.testing.aws.ApiCall;
import dev.sluice.testing.aws.ApiRegion;
import dev.sluice.testing.aws.AwsApi;
import dev.sluice.testing.aws.ServerCare;
import dev.sluice.testing.load.Shop;
import dev.sluice.testing.load.Writers;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.RdsDressing;
import dev.sluice.testing.rds.RdsFlavour;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.rds.model.ApplyMethod;
import software.amazon.awssdk.services.rds.model.Parameter;

/** A snapshot of an instance of RDS for MySQL becomes a cluster of Aurora, which follows the instance while applications write there. */
@Tag("long")
@Timeout(300)
class MigratedClusterIT {
    private static final String COPY = "orders-copy";
    private static final String GROUP = "orders-aurora";

    private final Servers servers = new Servers();
    private final List<DressedServer> copies = new CopyOnWriteArrayList<>();

    /** What becomes the cluster is Aurora's; the temporary read replica stays as it is. */
    private ServerCare migrating(DressedServer source) {
        return new ServerCare() {
            @Override
            public Optional<ServerAddress> started(String id, MySqlServer server) {
                if (!id.equals(COPY)) {
                    return Optional.empty();
                }
                DressedServer copy =
                        RdsDressing.as(RdsFlavour.AURORA_3).behindFront().migrate(source, server);
                copies.add(copy);
                return Optional.of(new ServerAddress(copy.host(), copy.port()));
            }
        };
    }

    private static void createGroup(ApiClient client, boolean gtid) {
        client.raw()
                .createDBClusterParameterGroup(request -> request.dbClusterParameterGroupName(GROUP)
                        .dbParameterGroupFamily("aurora-mysql8.0")
                        .description("with a binary log"));
        set(client, "binlog_format", "ROW");
        if (gtid) {
            set(client, "gtid-mode", "ON");
            set(client, "enforce_gtid_consistency", "ON");
        }
    }

    private static void set(ApiClient client, String name, String value) {
        client.raw()
                .modifyDBClusterParameterGroup(request -> request.dbClusterParameterGroupName(GROUP)
                        .parameters(Parameter.builder()
                                .parameterName(name)
                                .parameterValue(value)
                                .applyMethod(ApplyMethod.PENDING_REBOOT)
                                .build()));
    }

    private ReplicationPlan plan(DressedServer source) {
        servers.secret("orders", source.adminPassword());
        return ReplicationPlan.from(RdsMySql.instance("orders")
                        .region(ApiClient.REGION)
                        .credentials(source.adminUser(), Secret.named("orders")))
                .to(AuroraMySql.newCluster(COPY)
                        .region(ApiClient.REGION)
                        .credentials(source.adminUser(), Secret.named("orders"))
                        .parameterGroup(GROUP))
                .replicationUserHost("%")
                .retainBinlogs(Duration.ofHours(24))
                .seedWith(RdsSeed.DB_SNAPSHOT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSnapshotOfAnInstanceBecomesACluster(boolean gtid) throws Exception {
        try (Loan loan = SharedServers.ofThisJvm()
                .borrow(MySqlRelease.MYSQL_8_0_31, options -> gtid ? options.gtid() : options)) {
            DressedServer source = RdsDressing.as(RdsFlavour.MYSQL_8_0).dress(loan.server());
            Shop.open(source.server());
            try (AwsApi api = AwsApi.builder()
                            .stage(Duration.ofMillis(50))
                            .care(migrating(source))
                            .start();
                    ApiClient client = new ApiClient(api);
                    AuroraEngine aurora = AuroraEngine.create(client.clients());
                    RdsEngine rds = RdsEngine.create(client.clients());
                    Sluice sluice = Sluice.builder()
                            .journal(Journal.inMemory())
                            .engines(aurora, rds)
                            .secrets(SecretResolver.withNamed(servers::password))
                            .build()) {
                api.region(ApiClient.REGION).instance("orders", source.server(), 7);
                createGroup(client, gtid);
                migrate(
                        api,
                        sluice,
                        source,
                        gtid ? plan(source).withGtid() : plan(source).withBinlogPosition());
            }
        } finally {
            copies.forEach(DressedServer::close);
            servers.close();
        }
    }

    private static void migrate(AwsApi api, Sluice sluice, DressedServer source, ReplicationPlan plan)
            throws Exception {
        ApiRegion region = api.region(ApiClient.REGION);
        try (Writers writers = Shop.sells(source.server())) {
            RunResult result = sluice.start(sluice.compile(plan)).await();

            assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(result.left()).isEmpty();
            assertThat(result.lockHeld()).isZero();
            assertThat(result.rowsCopied()).isZero();
            assertThat(result.verification())
                    .hasValueSatisfying(report -> assertThat(report.isClean()).isTrue());
            CompiledPlan again = sluice.compile(plan);
            assertThat(again.replicaFacts().isExpected()).isFalse();
            assertThat(sluice.start(again).await().state()).isEqualTo(RunState.SUCCEEDED);
            writers.close();
            MySqlServer replica = region.findCluster(COPY).orElseThrow().server();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Shop.stock(replica).equals(Shop.stock(source.server())));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> region.findInstance("sluice-" + result.id()).isEmpty());
        }
        assertThat(api.breakdowns()).isEmpty();
        assertThat(api.modifications().stream().map(ApiCall::action).toList())
                .containsSubsequence(
                        "CreateDBInstanceReadReplica",
                        "CreateDBSnapshot",
                        "RestoreDBClusterFromSnapshot",
                        "CreateDBInstance",
                        "DeleteDBSnapshot",
                        "DeleteDBInstance")
                .doesNotContain("DeleteDBCluster");
    }
}
