// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.Seed;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.run.StepResult;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.testing.StoppingJournal;
import dev.sluice.testing.aws.ApiCall;
import dev.sluice.testing.aws.ApiFault;
import dev.sluice.testing.aws.ApiRegion;
import dev.sluice.testing.aws.AwsApi;
import dev.sluice.testing.aws.ServerCare;
import dev.sluice.testing.load.Shop;
import dev.sluice.testing.load.Writers;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.RdsFlavour;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.ServerOptions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.rds.model.ApplyMethod;
import software.amazon.awssdk.services.rds.model.Parameter;

/** Replicas that the plan creates: clusters that begin as a copy of the source, while applications write there. */
@Timeout(300)
class NewClusterIT {
    private static final String VERSION = "8.0.mysql_aurora.3.08.0";
    private static final String COPY = "orders-copy";

    private final Servers servers = new Servers();
    private final List<DressedServer> copies = new CopyOnWriteArrayList<>();
    private DressedServer source;
    private AuroraMySql orders;
    private AwsApi api;
    private ApiRegion region;
    private ApiClient client;
    private AuroraEngine engine;
    private Sluice sluice;

    /** Gives every server that is started for a restored cluster the source's clothes. */
    private final class Dressing implements ServerCare {
        @Override
        public Optional<ServerAddress> started(String id, MySqlServer server) {
            DressedServer copy = source.copiedTo(server);
            copies.add(copy);
            return Optional.of(new ServerAddress(copy.host(), copy.port()));
        }
    }

    @BeforeEach
    void open() {
        api = AwsApi.builder().stage(Duration.ofMillis(50)).care(new Dressing()).start();
        region = api.region(ApiClient.REGION);
        client = new ApiClient(api);
        engine = AuroraEngine.create(client.clients());
        sluice = Sluice.builder()
                .journal(Journal.inMemory())
                .engines(engine)
                .secrets(SecretResolver.withNamed(servers::password))
                .build();
    }

    @AfterEach
    void close() {
        sluice.close();
        copies.forEach(DressedServer::close);
        client.close();
        api.close();
        servers.close();
    }

    /** With the binary log switched on by the parameter group before anybody writes, as the copy will have it. */
    private void openSource(UnaryOperator<ServerOptions> options) throws InterruptedException {
        openSource(RdsFlavour.AURORA_3, options);
    }

    private void openSource(RdsFlavour flavour, UnaryOperator<ServerOptions> options) throws InterruptedException {
        source = servers.aurora(flavour, options.andThen(ServerOptions::withoutBinaryLog)::apply);
        String version = flavour.auroraEngineVersion().orElseThrow();
        region.cluster("orders", version, source.server()).reachedAt(source.host(), source.port());
        orders = servers.named("orders", source)
                .reachableByReplicaAt(source.server().host(), source.server().port());
        Shop.open(source.server());
        ReplicationPlan log =
                plan(AuroraSeed.CLUSTER_CLONE).until(GuideStep.ENABLE_BINLOG).allowPlainText();
        assertThat(sluice.start(sluice.compile(log)).await().state()).isEqualTo(RunState.SUCCEEDED);
    }

    private NewAuroraCluster copy() {
        return AuroraMySql.newCluster(COPY)
                .region(ApiClient.REGION)
                .credentials(source.adminUser(), Secret.named("orders"));
    }

    private ReplicationPlan plan(Seed seed) {
        return plan(copy(), seed);
    }

    private ReplicationPlan plan(NewAuroraCluster replica, Seed seed) {
        return ReplicationPlan.from(orders)
                .to(replica)
                .replicationUserHost("%")
                .retainBinlogs(Duration.ofHours(24))
                .allowWriterReboot()
                .seedWith(seed);
    }

    private List<String> modifications() {
        return api.modifications().stream().map(ApiCall::action).toList();
    }

    private void assertFollows(RunResult result, Writers writers) {
        assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(result.left()).isEmpty();
        assertThat(result.lockHeld()).isZero();
        assertThat(result.rowsCopied()).isZero();
        assertThat(result.coordinates().orElseThrow().method()).contains("crash recovery");
        assertThat(result.coordinates().orElseThrow().serverUuid()).isEqualTo(uuid(source.server()));
        assertThat(result.verification())
                .hasValueSatisfying(report -> assertThat(report.isClean()).isTrue());
        writers.close();
        MySqlServer replica = region.findCluster(COPY).orElseThrow().server();
        assertThat(uuid(replica)).isNotEqualTo(uuid(source.server()));
        await().atMost(Duration.ofSeconds(60)).until(() -> Shop.stock(replica).equals(Shop.stock(source.server())));
        assertThat(api.breakdowns()).isEmpty();
    }

    private static String uuid(MySqlServer server) {
        return String.valueOf(server.query("SELECT @@server_uuid").get(0).get(0));
    }

    @Test
    void aCloneBecomesTheReplicaAndTheSamePlanMakesNothingTwice() throws Exception {
        openSource(options -> options);
        try (Writers writers = Shop.sells(source.server())) {
            CompiledPlan compiled =
                    sluice.compile(plan(AuroraSeed.CLUSTER_CLONE).withBinlogPosition());
            assertThat(compiled.replicaFacts().isExpected()).isTrue();
            assertThat(compiled.explain().text())
                    .contains("created by this plan")
                    .contains("Nothing is copied");

            RunResult result = sluice.start(compiled).await();

            CompiledPlan again = sluice.compile(plan(AuroraSeed.CLUSTER_CLONE).withBinlogPosition());
            assertThat(again.replicaFacts().isExpected()).isFalse();
            long before = api.modifications().size();
            RunResult second = sluice.start(again).await();
            assertThat(second.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(second.steps())
                    .filteredOn(step -> step.row() == GuideStep.SNAPSHOT || step.row() == GuideStep.LOAD)
                    .extracting(StepResult::outcome)
                    .containsOnly(StepResult.Outcome.ALREADY_DONE);
            assertThat(api.modifications()).hasSize((int) before);
            assertFollows(result, writers);
        }
        assertThat(modifications())
                .containsOnlyOnce("RestoreDBClusterToPointInTime", "CreateDBInstance")
                .doesNotContain("DeleteDBInstance", "DeleteDBCluster", "CreateDBClusterSnapshot");
    }

    /** Also of version 2, which no procedure tells which GTIDs it has: a copy knows. */
    @ParameterizedTest
    @EnumSource(
            value = RdsFlavour.class,
            names = {"AURORA_2", "AURORA_3"})
    @Tag("long")
    void aRestoredSnapshotBecomesTheReplicaByGtidWhateverAnswersAreLost(RdsFlavour flavour) throws Exception {
        openSource(flavour, ServerOptions::gtid);
        api.failOnce("RestoreDBClusterFromSnapshot", ApiFault.LOST_ANSWER);
        api.failOnce("CreateDBInstance", ApiFault.LOST_ANSWER);
        api.failOnce("CreateDBClusterSnapshot", ApiFault.LOST_ANSWER);
        try (Writers writers = Shop.sells(source.server())) {
            CompiledPlan compiled =
                    sluice.compile(plan(AuroraSeed.CLUSTER_SNAPSHOT).withGtid().allowPlainText());

            RunResult result = sluice.start(compiled).await();

            assertThat(result.coordinates().orElseThrow().gtids()).isPresent();
            assertThat(region.findCluster(COPY)
                            .orElseThrow()
                            .server()
                            .query("SELECT AUTO_POSITION FROM performance_schema.replication_connection_configuration"))
                    .containsExactly(List.of("1"));
            assertFollows(result, writers);
        }
        assertThat(modifications())
                .containsSubsequence(
                        "CreateDBClusterSnapshot",
                        "RestoreDBClusterFromSnapshot",
                        "CreateDBInstance",
                        "DeleteDBClusterSnapshot")
                .containsOnlyOnce("RestoreDBClusterFromSnapshot", "CreateDBInstance", "CreateDBClusterSnapshot")
                .doesNotContain("DeleteDBInstance", "DeleteDBCluster");
    }

    /** Each time after the first effect of a row, before the journal knows. */
    @ParameterizedTest
    @EnumSource(names = {"SNAPSHOT", "LOAD", "ENABLE_REPLICATION"})
    @Tag("long")
    void aRunThatStopsIsResumedWithTheReplicaThatItHasMade(GuideStep row) throws Exception {
        openSource(options -> options);
        CompiledPlan compiled = sluice.compile(plan(AuroraSeed.CLUSTER_SNAPSHOT).withBinlogPosition());
        String step = compiled.steps().stream()
                .filter(each -> each.row() == row)
                .findFirst()
                .orElseThrow()
                .key()
                .toString();
        Journal journal = Journal.inMemory();
        StoppingJournal stopping = StoppingJournal.before(
                journal,
                entry -> entry instanceof JournalRecord.OperationClosed closed
                        && closed.step().equals(step));
        try (Writers writers = Shop.sells(source.server())) {
            try (Sluice first = sluice(stopping)) {
                ReplicationRun run = first.start(compiled);
                assertThat(run.completion().toCompletableFuture().get().state()).isEqualTo(RunState.FAILED);
            }
            assertThat(stopping.hasStopped()).isTrue();

            try (Sluice second = sluice(journal)) {
                RunResult result = second.resume(journal.runs().get(0)).await();

                assertFollows(result, writers);
            }
        }
        assertThat(modifications())
                .containsOnlyOnce("CreateDBClusterSnapshot", "RestoreDBClusterFromSnapshot", "CreateDBInstance")
                .contains("DeleteDBClusterSnapshot");
    }

    private Sluice sluice(Journal journal) {
        return Sluice.builder()
                .engines(AuroraEngine.create(client.clients()))
                .secrets(SecretResolver.withNamed(servers::password))
                .journal(journal)
                .build();
    }

    /** Its name is then free again, and what the deleted one has told is not believed of the next. */
    @Test
    @Tag("long")
    void aCancelDeletesTheReplicaAndThePlanCanBeStartedAgain() throws Exception {
        openSource(options -> options);
        try (Writers writers = Shop.sells(source.server())) {
            ReplicationPlan plan = plan(AuroraSeed.CLUSTER_CLONE).withBinlogPosition();
            ReplicationRun run = sluice.start(sluice.compile(plan.pauseBefore(GuideStep.CATCH_UP)));
            await().atMost(Duration.ofSeconds(120)).until(() -> run.status().state() == RunState.PAUSED);
            assertThat(region.findInstance(COPY + "-instance-1")).isPresent();

            run.cancel();

            run.completion().toCompletableFuture().get();
            assertThat(run.status().state()).isEqualTo(RunState.CANCELLED);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> region.findCluster(COPY).isEmpty()
                            && region.findInstance(COPY + "-instance-1").isEmpty());
            assertThat(source.server().query("SELECT user FROM mysql.user WHERE user = 'sluice_repl'"))
                    .isEmpty();

            assertFollows(sluice.start(sluice.compile(plan)).await(), writers);
        }
    }

    @Test
    @Tag("long")
    void aRunThatFailedIsAbandonedAndItsClusterGone() throws Exception {
        openSource(options -> options);
        api.failOnce("CreateDBInstance", ApiFault.DENIED);
        ReplicationRun run = sluice.start(sluice.compile(plan(AuroraSeed.CLUSTER_CLONE)));
        assertThatThrownBy(run::await).hasMessageContaining("AWS-");
        assertThat(region.findCluster(COPY)).isPresent();

        assertThatThrownBy(() -> sluice.compile(plan(AuroraSeed.CLUSTER_CLONE)))
                .isInstanceOf(PlanRejectedException.class);
        RunResult result = run.abandon();

        assertThat(result.state()).isEqualTo(RunState.ABANDONED);
        assertThat(result.left()).isEmpty();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> region.findCluster(COPY).isEmpty());
    }

    /** The replica is there by then: it is claimed, looked at and deleted. */
    @Test
    @Tag("long")
    void aRunThatFailedToReplicateIsAbandonedAndItsClusterGone() throws Exception {
        openSource(options -> options);
        ReplicationPlan plan = plan(AuroraSeed.CLUSTER_CLONE).replicationUserHost("10.9.9.9");
        ReplicationRun run = sluice.start(sluice.compile(plan));
        assertThatThrownBy(run::await).hasMessageContaining("RDS-");
        assertThat(region.findInstance(COPY + "-instance-1")).isPresent();

        RunResult result = run.abandon();

        assertThat(result.state()).isEqualTo(RunState.ABANDONED);
        assertThat(result.left()).isEmpty();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> region.findCluster(COPY).isEmpty()
                        && region.findInstance(COPY + "-instance-1").isEmpty());
    }

    private void createGroup(String name) {
        client.raw()
                .createDBClusterParameterGroup(request -> request.dbClusterParameterGroupName(name)
                        .dbParameterGroupFamily("aurora-mysql8.0")
                        .description("with a binary log and without events"));
        client.raw()
                .modifyDBClusterParameterGroup(request -> request.dbClusterParameterGroupName(name)
                        .parameters(set("binlog_format", "ROW"), set("event_scheduler", "OFF")));
    }

    private static Parameter set(String name, String value) {
        return Parameter.builder()
                .parameterName(name)
                .parameterValue(value)
                .applyMethod(ApplyMethod.PENDING_REBOOT)
                .build();
    }

    @Test
    @Tag("long")
    void eventsOfTheSourceDoNotRunOnTheReplica() throws Exception {
        openSource(options -> options);
        source.server()
                .execute(
                        "CREATE TABLE shop.ticks (id INT AUTO_INCREMENT PRIMARY KEY, at DATETIME(6))",
                        "SET GLOBAL event_scheduler = ON");
        try (Connection admin = source.connectAsAdmin();
                Statement statement = admin.createStatement()) {
            statement.execute("CREATE EVENT shop.tick ON SCHEDULE EVERY 1 SECOND"
                    + " DO INSERT INTO shop.ticks (at) VALUES (NOW(6))");
        }
        createGroup("copies");
        assertThatThrownBy(() -> sluice.compile(plan(AuroraSeed.CLUSTER_CLONE))).hasMessageContaining("RDS-323");
        try (Writers writers = Shop.sells(source.server())) {
            ReplicationPlan plan = plan(copy().parameterGroup("copies"), AuroraSeed.CLUSTER_CLONE);

            RunResult result = sluice.start(sluice.compile(plan)).await();

            MySqlServer replica = region.findCluster(COPY).orElseThrow().server();
            assertThat(replica.query("SELECT STATUS FROM information_schema.EVENTS WHERE EVENT_NAME = 'tick'")
                            .get(0)
                            .get(0))
                    .isEqualTo("SLAVESIDE_DISABLED");
            source.server().execute("SET GLOBAL event_scheduler = OFF");
            String ticks = "SELECT id, at FROM shop.ticks ORDER BY id";
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> replica.query(ticks).equals(source.server().query(ticks)));
            assertThat(source.server().query(ticks)).isNotEmpty();
            assertFollows(result, writers);
        }
    }

    @Test
    void whatSomebodyElseHasMadeIsNeitherUsedNorDeleted() throws Exception {
        openSource(options -> options);
        CompiledPlan compiled = sluice.compile(plan(AuroraSeed.CLUSTER_CLONE));
        DressedServer other = servers.aurora(RdsFlavour.AURORA_3);
        region.cluster(COPY, VERSION, other.server()).reachedAt(other.host(), other.port());

        assertThatThrownBy(() -> sluice.compile(plan(AuroraSeed.CLUSTER_CLONE))).hasMessageContaining("RDS-326");
        assertThatThrownBy(() -> sluice.start(compiled)).hasMessageContaining("RDS-326");
        assertThat(region.findCluster(COPY)).isPresent();
        assertThat(modifications()).doesNotContain("DeleteDBCluster", "RestoreDBClusterToPointInTime");
    }
}
