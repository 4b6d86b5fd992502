// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.Seed;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunId;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.rds.RdsEngine;
import dev.sluice.rds.RdsMySql;
import dev.sluice.testing.StoppingJournal;
import dev.sluice.testing.aws.ApiCall;
import dev.sluice.testing.aws.ApiFault;
import dev.sluice.testing.aws.ApiRegion;
import dev.sluice.testing.aws.AwsApi;
import dev.sluice.testing.load.Shop;
import dev.sluice.testing.load.Writers;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.RdsDressing;
import dev.sluice.testing.rds.RdsFlavour;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Copies of a cluster: made, read from while applications write on the source, and deleted. */
@Tag("long")
@Timeout(300)
class ClusterCopyIT {
    private static final String VERSION = "8.0.mysql_aurora.3.08.0";

    private final Servers servers = new Servers();
    private AwsApi api;
    private ApiRegion region;
    private ApiClient client;

    @BeforeEach
    void open() {
        api = AwsApi.builder().stage(Duration.ofMillis(50)).start();
        region = api.region(ApiClient.REGION);
        client = new ApiClient(api);
    }

    @AfterEach
    void close() {
        client.close();
        api.close();
        servers.close();
    }

    private Sluice sluice(AuroraEngine aurora, RdsEngine rds) {
        return sluice(aurora, rds, Journal.inMemory());
    }

    private Sluice sluice(AuroraEngine aurora, RdsEngine rds, Journal journal) {
        return Sluice.builder()
                .engines(aurora, rds)
                .secrets(SecretResolver.withNamed(servers::password))
                .journal(journal)
                .build();
    }

    private AuroraMySql cluster(String id, DressedServer server) {
        region.cluster(id, VERSION, server.server()).reachedAt(server.host(), server.port());
        return servers.named(id, server)
                .reachableByReplicaAt(server.server().host(), server.server().port());
    }

    private ReplicationPlan plan(AuroraMySql source, DressedServer replica, Seed seed) {
        return ReplicationPlan.from(source)
                .to(cluster("orders-copy", replica))
                .replicationUserHost("%")
                .retainBinlogs(Duration.ofHours(24))
                .allowWriterReboot()
                .seedWith(seed);
    }

    private List<String> modifications() {
        return api.modifications().stream().map(ApiCall::action).toList();
    }

    private void awaitGone(RunId run) {
        String id = "sluice-" + run;
        await().atMost(Duration.ofSeconds(30))
                .until(() -> region.findInstance(id).isEmpty()
                        && region.findCluster(id).isEmpty());
        assertThat(api.breakdowns()).isEmpty();
    }

    /** With the binary log switched on before anybody writes, so that applications see no reboot. */
    private DressedServer source() {
        return servers.aurora(RdsFlavour.AURORA_3, options -> options.withoutBinaryLog());
    }

    private void switchLogOn(AuroraMySql source, DressedServer replica, Sluice sluice) throws InterruptedException {
        ReplicationPlan first = plan(source, replica, Seed.LOGICAL_COPY).until(GuideStep.ENABLE_BINLOG);
        assertThat(sluice.start(sluice.compile(first)).await().state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aCloneIsReadUnderLoadAndDeleted() throws Exception {
        DressedServer source = source();
        DressedServer replica = servers.aurora(RdsFlavour.AURORA_3);
        AuroraMySql orders = cluster("orders", source);
        Shop.open(source.server());
        try (AuroraEngine engine = AuroraEngine.create(client.clients());
                RdsEngine rds = RdsEngine.create(client.clients());
                Sluice sluice = sluice(engine, rds)) {
            switchLogOn(orders, replica, sluice);
            try (Writers writers = Shop.sells(source.server())) {
                ReplicationPlan plan = plan(orders, replica, AuroraSeed.CLUSTER_CLONE);
                RunResult result = sluice.start(sluice.compile(plan)).await();

                assertEqualAndGone(result, writers, source, replica);
            }
        }
        assertThat(modifications())
                .containsSubsequence(
                        "RestoreDBClusterToPointInTime", "CreateDBInstance", "DeleteDBInstance", "DeleteDBCluster");
    }

    /** Each time before the journal knows. */
    @ParameterizedTest
    @EnumSource(names = {"SNAPSHOT", "LOAD"})
    void aRunThatStopsIsResumedWithTheCloneThatItHasMade(GuideStep row) throws Exception {
        DressedServer source = source();
        DressedServer replica = servers.aurora(RdsFlavour.AURORA_3);
        AuroraMySql orders = cluster("orders", source);
        Shop.open(source.server());
        Journal journal = Journal.inMemory();
        try (AuroraEngine engine = AuroraEngine.create(client.clients());
                RdsEngine rds = RdsEngine.create(client.clients());
                Sluice sluice = sluice(engine, rds)) {
            switchLogOn(orders, replica, sluice);
        }
        ReplicationPlan plan = plan(orders, replica, AuroraSeed.CLUSTER_CLONE);
        try (Writers writers = Shop.sells(source.server())) {
            stops(journal, plan, row);
            try (AuroraEngine engine = AuroraEngine.create(client.clients());
                    RdsEngine rds = RdsEngine.create(client.clients());
                    Sluice second = sluice(engine, rds, journal)) {
                RunResult result = second.resume(journal.runs().get(0)).await();

                assertEqualAndGone(result, writers, source, replica);
            }
        }
        assertThat(modifications()).containsOnlyOnce("RestoreDBClusterToPointInTime");
    }

    /** After the first effect of a row. */
    private void stops(Journal journal, ReplicationPlan plan, GuideStep row) throws Exception {
        try (AuroraEngine engine = AuroraEngine.create(client.clients());
                RdsEngine rds = RdsEngine.create(client.clients());
                Sluice compiling = sluice(engine, rds)) {
            CompiledPlan compiled = compiling.compile(plan);
            String step = compiled.steps().stream()
                    .filter(each -> each.row() == row)
                    .findFirst()
                    .orElseThrow()
                    .key()
                    .toString();
            StoppingJournal stopping = StoppingJournal.before(
                    journal,
                    entry -> entry instanceof JournalRecord.OperationClosed closed
                            && closed.step().equals(step));
            try (Sluice first = sluice(engine, rds, stopping)) {
                ReplicationRun run = first.start(compiled);
                assertThat(run.completion().toCompletableFuture().get().state()).isEqualTo(RunState.FAILED);
            }
            assertThat(stopping.hasStopped()).isTrue();
        }
    }

    private void assertEqualAndGone(RunResult result, Writers writers, DressedServer source, DressedServer replica) {
        assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(result.left()).isEmpty();
        assertThat(result.lockHeld()).isZero();
        assertThat(result.coordinates().orElseThrow().method()).contains("crash recovery");
        assertThat(result.verification())
                .hasValueSatisfying(report -> assertThat(report.isClean()).isTrue());
        awaitGone(result.id());
        writers.close();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Shop.stock(replica.server()).equals(Shop.stock(source.server())));
    }

    @Test
    void aRestoredSnapshotSeedsAnInstanceOfRds() throws Exception {
        DressedServer source = source();
        AuroraMySql orders = cluster("orders", source);
        Shop.open(source.server());
        try (Loan loan = SharedServers.ofThisJvm().borrow(MySqlRelease.MYSQL_8_0_31, options -> options);
                AuroraEngine engine = AuroraEngine.create(client.clients());
                RdsEngine rds = RdsEngine.create(client.clients());
                Sluice sluice = sluice(engine, rds)) {
            DressedServer replica = RdsDressing.as(RdsFlavour.MYSQL_8_0).dress(loan.server());
            region.instance("target", replica.server(), 1);
            servers.secret("target", replica.adminPassword());
            RdsMySql target = RdsMySql.instance("target")
                    .region(ApiClient.REGION)
                    .credentials(replica.adminUser(), Secret.named("target"));
            switchLogOn(orders, servers.aurora(RdsFlavour.AURORA_3), sluice);
            api.failOnce("RestoreDBClusterFromSnapshot", ApiFault.LOST_ANSWER);
            try (Writers writers = Shop.sells(source.server())) {
                ReplicationPlan plan = ReplicationPlan.from(orders)
                        .to(target)
                        .replicationUserHost("%")
                        .retainBinlogs(Duration.ofHours(24))
                        .seedWith(AuroraSeed.CLUSTER_SNAPSHOT);
                RunResult result = sluice.start(sluice.compile(plan)).await();

                assertEqualAndGone(result, writers, source, replica);
            }
        }
        assertThat(modifications())
                .containsSubsequence(
                        "CreateDBClusterSnapshot", "RestoreDBClusterFromSnapshot", "DeleteDBClusterSnapshot")
                .containsOnlyOnce("CreateDBClusterSnapshot", "RestoreDBClusterFromSnapshot");
    }

    @Test
    void anEventThatCameSinceThePlanWasCompiledEndsTheRunBeforeAnythingIsMade() throws Exception {
        DressedServer source = source();
        DressedServer replica = servers.aurora(RdsFlavour.AURORA_3);
        AuroraMySql orders = cluster("orders", source);
        Shop.open(source.server());
        try (AuroraEngine engine = AuroraEngine.create(client.clients());
                RdsEngine rds = RdsEngine.create(client.clients());
                Sluice sluice = sluice(engine, rds)) {
            switchLogOn(orders, replica, sluice);
            source.server().execute("SET GLOBAL event_scheduler = ON");
            ReplicationRun run = sluice.start(sluice.compile(
                    plan(orders, replica, AuroraSeed.CLUSTER_CLONE).pauseBefore(GuideStep.SNAPSHOT)));
            await().atMost(Duration.ofSeconds(60)).until(() -> run.status().state() == RunState.PAUSED);
            source.server().execute("CREATE EVENT shop.nightly ON SCHEDULE EVERY 1 DAY DO DELETE FROM shop.item");

            run.proceed();

            assertThatThrownBy(run::await).hasMessageContainingAll("AUR-301", "shop.nightly");
            assertThat(modifications()).doesNotContain("RestoreDBClusterToPointInTime");
        }
    }

    @Test
    void aCancelDeletesWhatIsStillBeingMade() throws Exception {
        DressedServer source = source();
        DressedServer replica = servers.aurora(RdsFlavour.AURORA_3);
        AuroraMySql orders = cluster("orders", source);
        Shop.open(source.server());
        try (AuroraEngine engine = AuroraEngine.create(client.clients());
                RdsEngine rds = RdsEngine.create(client.clients());
                Sluice sluice = sluice(engine, rds)) {
            switchLogOn(orders, replica, sluice);
            ReplicationRun run = sluice.start(sluice.compile(plan(orders, replica, AuroraSeed.CLUSTER_CLONE)));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> region.findCluster("sluice-" + run.id()).isPresent());

            run.cancel();

            assertThat(run.completion()
                            .handle((result, failure) -> String.valueOf(failure))
                            .toCompletableFuture()
                            .get())
                    .isNotEmpty();
            assertThat(run.status().state()).isEqualTo(RunState.CANCELLED);
            awaitGone(run.id());
        }
    }
}
