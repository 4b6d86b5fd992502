// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.error.SluiceException;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.PendingAction;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.testing.aws.ApiCall;
import dev.sluice.testing.aws.ApiFault;
import dev.sluice.testing.aws.AwsApi;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.RdsFlavour;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole runs between clusters behind the RDS API, with nothing but the privileges that AWS grants. */
@Timeout(300)
class ClusterPathIT {
    private static final String VERSION = "8.0.mysql_aurora.3.08.0";

    private final Servers servers = new Servers();
    private AwsApi api;
    private ApiClient client;

    @BeforeEach
    void open() {
        api = AwsApi.start();
        client = new ApiClient(api);
    }

    @AfterEach
    void close() {
        client.close();
        api.close();
        servers.close();
    }

    private Sluice sluice(AuroraEngine engine) {
        return Sluice.builder()
                .journal(Journal.inMemory())
                .engines(engine)
                .secrets(SecretResolver.withNamed(servers::password))
                .build();
    }

    private AuroraMySql cluster(String id, DressedServer server) {
        api.region(ApiClient.REGION).cluster(id, VERSION, server.server()).reachedAt(server.host(), server.port());
        return servers.named(id, server);
    }

    private static void fill(DressedServer source) {
        source.server()
                .execute(
                        "CREATE DATABASE shop",
                        "CREATE DATABASE other",
                        "CREATE TABLE other.thing (id INT PRIMARY KEY)",
                        "CREATE TABLE shop.item (id INT PRIMARY KEY, name VARCHAR(50))",
                        "INSERT INTO shop.item VALUES (1, 'a'), (2, 'b'), (3, NULL)");
    }

    private static String value(DressedServer server, String query) {
        return String.valueOf(server.server().query(query).get(0).get(0));
    }

    private List<String> modifications() {
        return api.modifications().stream().map(ApiCall::action).toList();
    }

    @Test
    void theLogIsSwitchedOnFollowedAndSwitchedOffThroughTheApi() throws InterruptedException {
        DressedServer source = servers.aurora(RdsFlavour.AURORA_3, options -> options.withoutBinaryLog());
        DressedServer replica = servers.aurora(RdsFlavour.AURORA_3);
        fill(source);
        ReplicationPlan plan = ReplicationPlan.from(cluster("orders", source))
                .to(servers.endpoint("copy", replica))
                .replicationUserHost("%");
        try (AuroraEngine engine = AuroraEngine.create(client.clients());
                Sluice sluice = sluice(engine)) {
            cluster("copy", replica);
            SluiceException refused = catchThrowableOfType(SluiceException.class, () -> sluice.compile(plan));
            assertThat(refused.problems()).anyMatch(problem -> problem.code() == AuroraErrorCode.NO_BINLOG);
            assertThat(api.modifications()).isEmpty();

            api.failOnce("CreateDBClusterParameterGroup", ApiFault.LOST_ANSWER);
            api.failOnce("RebootDBInstance", ApiFault.LOST_ANSWER);
            ReplicationPlan allowed = plan.allowWriterReboot();
            assertThat(sluice.start(sluice.compile(allowed)).await().state()).isEqualTo(RunState.SUCCEEDED);

            assertThat(modifications())
                    .containsExactly(
                            "CreateDBClusterParameterGroup",
                            "ModifyDBCluster",
                            "ModifyDBClusterParameterGroup",
                            "RebootDBInstance");
            source.server().execute("INSERT INTO shop.item VALUES (4, 'late')");
            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            value(replica, "SELECT COUNT(*) FROM shop.item").equals("4"));
            assertThat(sluice.start(sluice.compile(allowed)).await().changedSomething())
                    .isFalse();
            assertThat(modifications()).hasSize(4);

            EndPlan end = EndPlan.of(plan.replica())
                    .source(plan.source())
                    .dropReplicationUser("sluice_repl", "%")
                    .disableBinlog()
                    .allow(Consent.WRITER_REBOOT);
            assertThat(sluice.start(sluice.compile(end)).await().state()).isEqualTo(RunState.SUCCEEDED);
        }
        assertThat(value(source, "SELECT @@GLOBAL.log_bin")).isEqualTo("0");
        assertThat(modifications()).endsWith("ModifyDBClusterParameterGroup", "RebootDBInstance");
        assertThat(api.breakdowns()).isEmpty();
    }

    private static ReplicationPlan withoutConsents(ReplicationPlan plan) {
        return ReplicationPlan.from(plan.source())
                .to(plan.replica())
                .replicationUserHost("%")
                .databases("shop");
    }

    /** What the server's own binary logs hold. */
    private static String logged(DressedServer server) {
        return server.server().query("SHOW BINARY LOGS").stream()
                .map(file -> server.server()
                        .query("SHOW BINLOG EVENTS IN '" + file.get(0) + "'")
                        .toString())
                .collect(Collectors.joining());
    }

    @Test
    void aScopeIsFilteredByTheClusterGroup() throws InterruptedException {
        DressedServer source = servers.aurora(RdsFlavour.AURORA_3);
        DressedServer replica = servers.aurora(RdsFlavour.AURORA_3);
        fill(source);
        try (AuroraEngine engine = AuroraEngine.create(client.clients());
                Sluice sluice = sluice(engine)) {
            api.failOnce("ModifyDBClusterParameterGroup", ApiFault.THROTTLED);
            ReplicationPlan plan = ReplicationPlan.from(cluster("orders", source))
                    .to(cluster("copy", replica))
                    .replicationUserHost("%")
                    .databases("shop")
                    .allowPendingChanges();
            api.region(ApiClient.REGION).findCluster("copy").orElseThrow().pending("EngineVersion", "3.10.1");
            SluiceException refused =
                    catchThrowableOfType(SluiceException.class, () -> sluice.compile(withoutConsents(plan)));
            assertThat(refused).hasMessageContainingAll("AWS-113", "EngineVersion");

            assertThat(sluice.start(sluice.compile(plan)).await().state()).isEqualTo(RunState.SUCCEEDED);

            assertThat(logged(replica)).doesNotContain("shop.item");
            source.server()
                    .execute(
                            "INSERT INTO other.thing VALUES (1)",
                            "CREATE USER newcomer@'%' IDENTIFIED BY 'Aa1-other'",
                            "INSERT INTO shop.item VALUES (4, 'late')");
            source.beat();
            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            value(replica, "SELECT COUNT(*) FROM shop.item").equals("4"));
            assertThat(replica.server().query("SHOW DATABASES LIKE 'other'")).isEmpty();
            assertThat(sluice.start(sluice.compile(plan)).await().changedSomething())
                    .isFalse();
        }
        assertThat(modifications()).doesNotContain("RebootDBInstance");
    }

    @Tag("long")
    @Test
    void oneRebootBringsTheLogAndItsGtids() throws InterruptedException {
        DressedServer source = servers.aurora(RdsFlavour.AURORA_3, options -> options.withoutBinaryLog());
        DressedServer replica = servers.aurora(RdsFlavour.AURORA_3, options -> options.gtid());
        fill(source);
        try (AuroraEngine engine = AuroraEngine.create(client.clients());
                Sluice sluice = sluice(engine)) {
            cluster("copy", replica);
            ReplicationPlan plan = ReplicationPlan.from(cluster("orders", source))
                    .to(servers.endpoint("copy", replica))
                    .replicationUserHost("%")
                    .withGtid()
                    .allowWriterReboot();

            assertThat(sluice.start(sluice.compile(plan)).await().state()).isEqualTo(RunState.SUCCEEDED);
        }
        assertThat(modifications().stream().filter("RebootDBInstance"::equals)).hasSize(1);
        assertThat(value(source, "SELECT @@GLOBAL.gtid_mode")).isEqualTo("ON");
        assertThat(value(replica, "SELECT AUTO_POSITION FROM performance_schema.replication_connection_configuration"))
                .isEqualTo("1");
    }

    @Tag("long")
    @Test
    void withoutClientsAPersonSwitchesTheLogOn() throws InterruptedException {
        DressedServer source = servers.aurora(RdsFlavour.AURORA_3, options -> options.withoutBinaryLog());
        DressedServer replica = servers.aurora(RdsFlavour.AURORA_3);
        try (AuroraEngine engine = AuroraEngine.create();
                Sluice sluice = sluice(engine)) {
            ReplicationPlan plan = ReplicationPlan.from(servers.endpoint("orders", source))
                    .to(servers.endpoint("copy", replica))
                    .replicationUserHost("%")
                    .allowWriterReboot()
                    .until(GuideStep.ENABLE_BINLOG);
            ReplicationRun run = sluice.start(sluice.compile(plan));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !run.pendingActions().isEmpty());
            PendingAction action = run.pendingActions().get(0);
            assertThat(action.instructions()).anyMatch(line -> line.contains("modify-db-cluster-parameter-group"));

            source.server().restart(options -> options.withBinaryLog());

            assertThat(run.await().state()).isEqualTo(RunState.SUCCEEDED);
        }
    }

    @Tag("long")
    @Test
    void certificatesAreImportedAndShownToNobody() throws InterruptedException {
        DressedServer source = servers.aurora(RdsFlavour.AURORA_3);
        DressedServer replica = servers.aurora(RdsFlavour.AURORA_3);
        fill(source);
        String key = "-----BEGIN RSA PRIVATE KEY-----\nbm90IGEgJ2tleSc=\n-----END RSA PRIVATE KEY-----\n";
        servers.secret("ca", "-----BEGIN CERTIFICATE-----\nY2E=\n-----END CERTIFICATE-----\n");
        servers.secret("certificate", "-----BEGIN CERTIFICATE-----\nY2VydA==\n-----END CERTIFICATE-----\n");
        servers.secret("key", key);
        try (AuroraEngine engine = AuroraEngine.create();
                Sluice sluice = sluice(engine)) {
            ReplicationPlan asked = ReplicationPlan.from(servers.endpoint("orders", source))
                    .to(
                            servers.endpoint("copy", replica),
                            AuroraOption.tlsMaterial(
                                    Secret.named("ca"), Secret.named("certificate"), Secret.named("key")))
                    .replicationUserHost("%");
            SluiceException unasked = catchThrowableOfType(SluiceException.class, () -> sluice.compile(asked));
            assertThat(unasked.problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.remedy()).contains("allowTlsMaterialReplacement()"));
            ReplicationPlan plan = asked.allowTlsMaterialReplacement();
            CompiledPlan compiled = sluice.compile(plan);
            assertThat(compiled.explain().text()).doesNotContain("BEGIN");
            assertThat(sluice.toJson(compiled)).doesNotContain("BEGIN");

            assertThat(sluice.start(compiled).await().state()).isEqualTo(RunState.SUCCEEDED);
        }
        assertThat(value(
                        replica,
                        "SELECT ssl_key_sha256 = SHA2('" + key.replace("\n", "\\n")
                                + "', 256) FROM mysql.rds_ssl_material"))
                .isEqualTo("1");
    }

    @Tag("long")
    @Test
    void aReaderIsRefusedWithItsRemedy() {
        DressedServer source = servers.aurora(RdsFlavour.AURORA_3);
        DressedServer replica = servers.aurora(RdsFlavour.AURORA_3);
        ReplicationPlan plan = ReplicationPlan.from(servers.endpoint("orders", source))
                .to(servers.endpoint("copy", replica))
                .replicationUserHost("%");
        source.becomeReader();
        try (AuroraEngine engine = AuroraEngine.create();
                Sluice sluice = sluice(engine)) {
            SluiceException refused = catchThrowableOfType(SluiceException.class, () -> sluice.compile(plan));

            assertThat(refused.problems())
                    .filteredOn(problem -> problem.code() == AuroraErrorCode.READER)
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.remedy()).contains("cluster endpoint"));
        }
    }

    @Test
    void aClusterThatCannotComeBackEndsTheWait() {
        DressedServer source = servers.aurora(RdsFlavour.AURORA_3, options -> options.withoutBinaryLog());
        DressedServer replica = servers.aurora(RdsFlavour.AURORA_3);
        AuroraMySql orders = cluster("orders", source).at(source.host(), source.port());
        try (AuroraEngine engine = AuroraEngine.create(client.clients());
                Sluice sluice = sluice(engine)) {
            cluster("copy", replica);
            ReplicationPlan plan = ReplicationPlan.from(orders)
                    .to(servers.endpoint("copy", replica))
                    .replicationUserHost("%")
                    .allowWriterReboot();
            CompiledPlan compiled = sluice.compile(plan);
            api.region(ApiClient.REGION)
                    .findCluster("orders")
                    .orElseThrow()
                    .status("inaccessible-encryption-credentials");

            SluiceException failed = catchThrowableOfType(
                    SluiceException.class, () -> sluice.start(compiled).await());

            assertThat(failed.problems())
                    .anyMatch(problem -> problem.code().id().equals("AWS-111"));
            assertThat(api.modifications()).isEmpty();
        }
    }
}
