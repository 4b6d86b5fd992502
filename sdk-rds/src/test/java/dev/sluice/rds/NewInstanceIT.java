// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.testing.aws.ApiCall;
import dev.sluice.testing.aws.ApiFault;
import dev.sluice.testing.aws.ApiRegion;
import dev.sluice.testing.aws.AwsApi;
import dev.sluice.testing.load.Shop;
import dev.sluice.testing.load.Writers;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.RdsFlavour;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.ServerOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Replicas that the plan creates: instances restored from a snapshot of a read replica that stands still, while applications write. */
@Tag("long")
@Timeout(300)
class NewInstanceIT {
    private static final String COPY = "orders-copy";

    private final Servers servers = new Servers();
    private DressedServer source;
    private AwsApi api;
    private ApiRegion region;
    private ApiClient client;
    private Sluice sluice;
    private final Journal journal = Journal.inMemory();

    @BeforeEach
    void open() {
        api = AwsApi.builder().stage(Duration.ofMillis(50)).start();
        region = api.region(ApiClient.REGION);
        client = new ApiClient(api);
        sluice = sluice();
    }

    private Sluice sluice() {
        return Sluice.builder()
                .engines(RdsEngine.create(client.clients()))
                .journal(journal)
                .secrets(SecretResolver.withNamed(servers::password))
                .build();
    }

    @AfterEach
    void close() {
        sluice.close();
        client.close();
        api.close();
        servers.close();
    }

    private NewRdsInstance copy() {
        return RdsMySql.newInstance(COPY)
                .region(ApiClient.REGION)
                .credentials(source.adminUser(), Secret.named("orders"));
    }

    private ReplicationPlan plan() {
        return plan(copy());
    }

    private ReplicationPlan plan(NewRdsInstance replica) {
        return ReplicationPlan.from(servers.named("orders", source))
                .to(replica)
                .replicationUserHost("%")
                .retainBinlogs(Duration.ofHours(24))
                .allowPlainText()
                .seedWith(RdsSeed.DB_SNAPSHOT);
    }

    private List<String> modifications() {
        return api.modifications().stream().map(ApiCall::action).toList();
    }

    private static String uuid(MySqlServer server) {
        return String.valueOf(server.query("SELECT @@server_uuid").get(0).get(0));
    }

    private void assertFollows(RunResult result, Writers writers) {
        assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(result.left()).isEmpty();
        assertThat(result.lockHeld()).isZero();
        assertThat(result.rowsCopied()).isZero();
        assertThat(result.coordinates().orElseThrow().serverUuid()).isEqualTo(uuid(source.server()));
        assertThat(result.verification())
                .hasValueSatisfying(report -> assertThat(report.isClean()).isTrue());
        writers.close();
        MySqlServer replica = region.findInstance(COPY).orElseThrow().server();
        await().atMost(Duration.ofSeconds(60)).until(() -> Shop.stock(replica).equals(Shop.stock(source.server())));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> region.findInstance("sluice-" + result.id()).isEmpty());
        assertThat(api.breakdowns()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = RdsFlavour.class,
            names = {"MYSQL_5_7", "MYSQL_8_0"})
    void aSnapshotOfAReadReplicaThatStandsStillBecomesTheReplica(RdsFlavour flavour) throws Exception {
        source = servers.dressed(flavour);
        region.instance("orders", source.server(), 7);
        Shop.open(source.server());
        try (Writers writers = Shop.sells(source.server())) {
            RunResult result = sluice.start(sluice.compile(plan())).await();

            CompiledPlan again = sluice.compile(plan());
            assertThat(again.replicaFacts().isExpected()).isFalse();
            int before = api.modifications().size();
            assertThat(sluice.start(again).await().state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(api.modifications()).hasSize(before);
            assertFollows(result, writers);
        }
        assertThat(modifications())
                .containsSubsequence(
                        "CreateDBInstanceReadReplica",
                        "CreateDBSnapshot",
                        "RestoreDBInstanceFromDBSnapshot",
                        "DeleteDBSnapshot",
                        "DeleteDBInstance")
                .containsOnlyOnce("CreateDBSnapshot", "RestoreDBInstanceFromDBSnapshot", "DeleteDBInstance");
    }

    /** Also where no procedure tells a replica which GTIDs it has: a copy knows. */
    @ParameterizedTest
    @EnumSource(
            value = RdsFlavour.class,
            names = {"MYSQL_5_7", "MYSQL_8_0", "MYSQL_8_4"})
    void itFollowsTheGtidsThatTheSnapshotKeepsWhateverAnswersAreLost(RdsFlavour flavour) throws Exception {
        source = servers.dressed(flavour, ServerOptions::gtid);
        region.instance("orders", source.server(), 7);
        Shop.open(source.server());
        api.failOnce("CreateDBSnapshot", ApiFault.LOST_ANSWER);
        api.failOnce("RestoreDBInstanceFromDBSnapshot", ApiFault.LOST_ANSWER);
        try (Writers writers = Shop.sells(source.server())) {
            RunResult result = sluice.start(
                            sluice.compile(plan(copy().automatedBackups(3)).withGtid()))
                    .await();

            assertThat(result.coordinates().orElseThrow().gtids()).isPresent();
            assertThat(region.findInstance(COPY).orElseThrow().backupRetention())
                    .isEqualTo(3);
            assertThat(region.findInstance(COPY)
                            .orElseThrow()
                            .server()
                            .query("SELECT AUTO_POSITION FROM performance_schema.replication_connection_configuration"))
                    .containsExactly(List.of("1"));
            assertFollows(result, writers);
        }
        assertThat(modifications()).containsOnlyOnce("CreateDBSnapshot", "RestoreDBInstanceFromDBSnapshot");
    }

    @Test
    void aCancelDeletesTheReplicaAndWhatItWasMadeFrom() throws Exception {
        source = servers.dressed(RdsFlavour.MYSQL_8_0);
        region.instance("orders", source.server(), 7);
        Shop.open(source.server());
        ReplicationRun run = sluice.start(sluice.compile(plan().pauseBefore(GuideStep.CATCH_UP)));
        await().atMost(Duration.ofSeconds(120))
                .until(() -> run.status().state() == RunState.PAUSED
                        || run.status().state().isFinal());
        assertThat(region.findInstance(COPY)).isPresent();

        run.cancel();

        RunResult result = run.completion().toCompletableFuture().get();
        assertThat(result.state()).isEqualTo(RunState.CANCELLED);
        assertThat(result.left()).isEmpty();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> region.findInstance(COPY).isEmpty()
                        && region.findInstance("sluice-" + run.id()).isEmpty());
        assertThat(region.findInstance("orders")).isPresent();
    }

    /** By then the replica follows the source, as no new one does, and what it was made from is gone. */
    @Test
    void aRunThatIsResumedAfterReplicationBeganMakesNothingAnew() throws Exception {
        source = servers.dressed(RdsFlavour.MYSQL_8_0);
        region.instance("orders", source.server(), 7);
        Shop.open(source.server());
        try (Writers writers = Shop.sells(source.server())) {
            ReplicationRun run = sluice.start(sluice.compile(plan().pauseBefore(GuideStep.CATCH_UP)));
            await().atMost(Duration.ofSeconds(120))
                    .until(() -> run.status().state() == RunState.PAUSED
                            || run.status().state().isFinal());
            sluice.close();
            int before = api.modifications().size();
            sluice = sluice();

            ReplicationRun resumed = sluice.resume(run.id());
            await().atMost(Duration.ofSeconds(120))
                    .until(() -> resumed.status().state() == RunState.PAUSED
                            || resumed.status().state().isFinal());
            resumed.proceed();
            RunResult result = resumed.await();

            assertThat(api.modifications()).hasSize(before);
            assertFollows(result, writers);
        }
    }

    @Test
    void anInstanceThatIsThereIsNeitherUsedNorDeleted() {
        source = servers.dressed(RdsFlavour.MYSQL_8_0);
        region.instance("orders", source.server(), 7);
        region.instance(COPY, "8.0.36", 7);

        assertThatThrownBy(() -> sluice.compile(plan())).hasMessageContaining("RDS-326");
        assertThat(modifications()).isEmpty();
    }
}
