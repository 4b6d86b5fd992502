// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.Monitor;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.ReplicationState;
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
import dev.sluice.testing.aws.ServerCare;
import dev.sluice.testing.aws.Unsure;
import dev.sluice.testing.load.Shop;
import dev.sluice.testing.load.Writers;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.RdsFlavour;
import dev.sluice.testservers.GeneralLog;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.ServerOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.rds.model.ApplyMethod;
import software.amazon.awssdk.services.rds.model.Parameter;

/** Replicas in another region to which AWS itself replicates, while applications write on the source. */
@Tag("long")
@Timeout(300)
class ReadReplicaIT {
    private static final String VERSION = "8.0.mysql_aurora.3.08.0";
    private static final String FAR = "orders-far";
    private static final String WRITER = FAR + "-instance-1";

    private final Servers servers = new Servers();
    private final List<DressedServer> copies = new CopyOnWriteArrayList<>();
    private DressedServer source;
    private AuroraMySql orders;
    private AwsApi api;
    private ApiRegion far;
    private ApiClient client;
    private Sluice sluice;

    /** Gives the server that stands for the replica the source's clothes, and those of one that AWS manages. */
    private final class Dressing implements ServerCare {
        @Override
        public Optional<ServerAddress> started(String id, MySqlServer server) {
            server.execute("STOP REPLICA SQL_THREAD");
            DressedServer copy = source.copiedTo(server);
            copy.becomeManagedReplica();
            server.execute("START REPLICA SQL_THREAD");
            copies.add(copy);
            return Optional.of(new ServerAddress(copy.host(), copy.port()));
        }

        @Override
        public void wasPromoted(MySqlServer server) {
            copies.stream().filter(copy -> copy.server() == server).forEach(DressedServer::becomeStandAlone);
        }
    }

    private void open(AwsApi.Builder builder, UnaryOperator<ServerOptions> options) throws InterruptedException {
        api = builder.stage(Duration.ofMillis(50)).care(new Dressing()).start();
        far = api.region(ApiClient.FAR);
        client = new ApiClient(api);
        sluice = sluice(AuroraEngine.create(client.clients()));
        source = servers.aurora(RdsFlavour.AURORA_3, options.andThen(ServerOptions::withoutBinaryLog)::apply);
        api.region(ApiClient.REGION)
                .cluster("orders", VERSION, source.server())
                .reachedAt(source.host(), source.port());
        orders = servers.named("orders", source);
        Shop.open(source.server());
        ReplicationPlan log = plan().until(GuideStep.ENABLE_BINLOG);
        assertThat(sluice.start(sluice.compile(log)).await().state()).isEqualTo(RunState.SUCCEEDED);
    }

    private Sluice sluice(AuroraEngine engine) {
        return Sluice.builder()
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

    private NewAuroraReadReplica replica() {
        return AuroraMySql.newReadReplica(FAR)
                .region(ApiClient.FAR)
                .instanceClass("db.r6g.large")
                .credentials(source.adminUser(), Secret.named("orders"));
    }

    private ReplicationPlan plan() {
        return plan(replica());
    }

    private ReplicationPlan plan(NewAuroraReadReplica replica) {
        return ReplicationPlan.from(orders)
                .to(replica)
                .retainBinlogs(Duration.ofHours(24))
                .allowWriterReboot();
    }

    private EndPlan end() {
        return EndPlan.of(replica()).source(orders);
    }

    private List<String> modifications() {
        return api.modifications().stream().map(ApiCall::action).toList();
    }

    private void awaitEqual(MySqlServer replica) {
        await().atMost(Duration.ofSeconds(60)).until(() -> Shop.stock(replica).equals(Shop.stock(source.server())));
    }

    private static void assertClean(RunResult result) {
        assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(result.left()).isEmpty();
        assertThat(result.lockHeld()).isZero();
        assertThat(result.rowsCopied()).isZero();
        assertThat(result.verification())
                .hasValueSatisfying(report -> assertThat(report.isClean()).isTrue());
    }

    @Test
    void awsMakesTheReplicaAndLooksAfterItUntilItIsPromoted() throws Exception {
        open(AwsApi.builder(), options -> options);
        MySqlServer replica;
        GeneralLog.Mark mark;
        try (Writers writers = Shop.sells(source.server())) {
            CompiledPlan compiled = sluice.compile(plan());
            assertThat(compiled.explain().text())
                    .contains("aws rds create-db-cluster --region us-east-1 --db-cluster-identifier " + FAR)
                    .contains("AWS itself replicates")
                    .doesNotContain("CREATE USER", "rds_set_external");
            ReplicationRun run = sluice.start(compiled);
            assertClean(run.await());
            replica = far.findCluster(FAR).orElseThrow().server();
            mark = replica.generalLog().on();
            isSeenByMonitor(run);
            makesNothingTwice();
            pausesByTheProceduresThatAwsLeaves(replica);
            writers.close();
            awaitEqual(replica);
        }
        endsByPromotionOnly(replica);
        assertThat(replica.generalLog().entriesSince(mark))
                .filteredOn(GeneralLog.Entry::isStatement)
                .extracting(GeneralLog.Entry::text)
                .noneMatch(text -> text.contains("rds_set_external") || text.contains("rds_reset_external"));
        assertThat(source.server().query("SELECT user FROM mysql.user WHERE user LIKE 'sluice%'"))
                .isEmpty();
        assertThat(api.breakdowns()).isEmpty();
    }

    private static void isSeenByMonitor(ReplicationRun run) {
        List<ReplicationState> seen = new CopyOnWriteArrayList<>();
        try (Monitor monitor = run.monitor(Monitor.SHORTEST_INTERVAL, event -> seen.add(event.now()))) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> seen.stream().anyMatch(now -> now.health().isFine()));
        }
    }

    private void makesNothingTwice() throws InterruptedException {
        CompiledPlan again = sluice.compile(plan());
        assertThat(again.replicaFacts().isExpected()).isFalse();
        int before = api.modifications().size();
        assertThat(sluice.start(again).await().state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(api.modifications()).hasSize(before);
    }

    private void pausesByTheProceduresThatAwsLeaves(MySqlServer replica) throws InterruptedException {
        var pausing = sluice.live(plan());
        assertThat(pausing.stop().state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(far.findCluster(FAR).orElseThrow().server()).isSameAs(replica);
        assertThat(replica.query("SHOW REPLICA STATUS").get(0).toString()).doesNotContain("Yes, Yes");
        assertThat(pausing.start().state()).isEqualTo(RunState.SUCCEEDED);
    }

    private void endsByPromotionOnly(MySqlServer replica) throws InterruptedException {
        assertThatThrownBy(() -> sluice.compile(end()))
                .isInstanceOfSatisfying(
                        PlanRejectedException.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .satisfies(problem ->
                                        assertThat(problem.remedy()).contains("allow(Consent.REPLICA_PROMOTION)")));
        assertThat(modifications()).doesNotContain("PromoteReadReplicaDBCluster");

        CompiledPlan allowed = sluice.compile(end().allow(Consent.REPLICA_PROMOTION));
        assertThat(allowed.explain().text())
                .contains("aws rds promote-read-replica-db-cluster --region us-east-1 --db-cluster-identifier " + FAR)
                .doesNotContain("rds_stop_replication");
        RunResult ended = sluice.start(allowed).await();

        assertThat(ended.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(replica.query("SHOW REPLICA STATUS")).isEmpty();
        assertThat(modifications()).containsOnlyOnce("PromoteReadReplicaDBCluster");
        RunResult again = sluice.start(sluice.compile(end())).await();
        assertThat(again.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(modifications()).containsOnlyOnce("PromoteReadReplicaDBCluster");
    }

    /** In its region, with the GTIDs of the source. */
    private void createGroup() {
        client.rawFar()
                .createDBClusterParameterGroup(request -> request.dbClusterParameterGroupName("far")
                        .dbParameterGroupFamily("aurora-mysql8.0")
                        .description("with GTIDs"));
        client.rawFar()
                .modifyDBClusterParameterGroup(request -> request.dbClusterParameterGroupName("far")
                        .parameters(set("gtid-mode"), set("enforce_gtid_consistency")));
    }

    private static Parameter set(String name) {
        return Parameter.builder()
                .parameterName(name)
                .parameterValue("ON")
                .applyMethod(ApplyMethod.PENDING_REBOOT)
                .build();
    }

    @Test
    void lostAnswersAndARestartAtThePromotionDoNoHarm() throws Exception {
        open(AwsApi.builder().with(Unsure.PROMOTED_CLUSTER_RESTARTS), ServerOptions::gtid);
        createGroup();
        assertThatThrownBy(() -> sluice.compile(plan())).hasMessageContaining("gtid_mode");
        api.failOnce("CreateDBCluster", ApiFault.LOST_ANSWER);
        api.failOnce("CreateDBInstance", ApiFault.LOST_ANSWER);
        api.failOnce("PromoteReadReplicaDBCluster", ApiFault.LOST_ANSWER);
        try (Writers writers = Shop.sells(source.server())) {
            RunResult result = sluice.start(
                            sluice.compile(plan(replica().parameterGroup("far")).withGtid()))
                    .await();
            assertClean(result);
            writers.close();
        }
        MySqlServer replica = far.findCluster(FAR).orElseThrow().server();
        awaitEqual(replica);

        RunResult ended = sluice.start(sluice.compile(end().allow(Consent.REPLICA_PROMOTION)))
                .await();

        assertThat(ended.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(replica.query("SHOW REPLICA STATUS")).isEmpty();
        // A promotion whose answer was lost may be asked for again: it is the same one.
        assertThat(modifications())
                .containsOnlyOnce("CreateDBCluster", "CreateDBInstance")
                .contains("PromoteReadReplicaDBCluster");
        assertThat(api.breakdowns()).isEmpty();
    }

    @Test
    void aCancelPromotesAndDeletesTheReplica() throws Exception {
        open(AwsApi.builder(), options -> options);
        try (Writers writers = Shop.sells(source.server())) {
            ReplicationRun run = sluice.start(sluice.compile(plan().pauseBefore(GuideStep.CATCH_UP)));
            await().atMost(Duration.ofSeconds(60)).until(() -> run.status().state() == RunState.PAUSED);
            assertThat(far.findInstance(WRITER)).isPresent();

            run.cancel();
            RunResult result = run.completion().toCompletableFuture().get();

            assertThat(result.state()).isEqualTo(RunState.CANCELLED);
            assertThat(result.left()).isEmpty();
            assertThat(writers).isNotNull();
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> far.findCluster(FAR).isEmpty()
                        && far.findInstance(WRITER).isEmpty());
        assertThat(modifications())
                .containsSubsequence("PromoteReadReplicaDBCluster", "DeleteDBInstance", "DeleteDBCluster");
    }
}
