// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.error.RunStoppedException;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.Monitor;
import dev.sluice.api.run.MonitorEvent;
import dev.sluice.api.run.ReplicaMove;
import dev.sluice.api.run.ReplicaMove.Outcome;
import dev.sluice.api.run.ReplicationHealth;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.testing.aws.ApiCluster;
import dev.sluice.testing.aws.AwsApi;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.RdsFlavour;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A replica cluster whose writer moves while a run waits for it, and while a monitor watches. */
@Timeout(300)
class FailoverIT {
    private static final String VERSION = "8.0.mysql_aurora.3.08.0";
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String COUNT = "SELECT COUNT(*) FROM shop.item";

    private final Servers servers = new Servers();
    private final List<RunEvent> heard = new CopyOnWriteArrayList<>();
    private final List<MonitorEvent> watched = new CopyOnWriteArrayList<>();
    private AwsApi api;
    private ApiClient client;
    private DressedServer source;
    private DressedServer replica;
    private ApiCluster cluster;

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

    private ReplicationPlan byGtid() {
        return plan(true).withGtid();
    }

    private ReplicationPlan plan(boolean gtid) {
        source = servers.aurora(RdsFlavour.AURORA_3, options -> gtid ? options.gtid() : options);
        replica = servers.aurora(RdsFlavour.AURORA_3, options -> gtid ? options.gtid() : options);
        replica.becomeInstance("copy-1");
        api.region(ApiClient.REGION)
                .cluster("orders", VERSION, source.server())
                .reachedAt(source.host(), source.port());
        cluster = api.region(ApiClient.REGION).cluster("copy", VERSION, replica.server());
        cluster.reachedAt(replica.host(), replica.port());
        cluster.reader("copy-2");
        source.server()
                .execute(
                        "CREATE DATABASE shop",
                        "CREATE TABLE shop.item (id INT PRIMARY KEY, name VARCHAR(50))",
                        "INSERT INTO shop.item VALUES (1, 'a'), (2, 'b'), (3, NULL)");
        return ReplicationPlan.from(servers.named("orders", source))
                .to(servers.named("copy", replica))
                .replicationUserHost("%");
    }

    private Sluice sluice(AuroraEngine engine) {
        return Sluice.builder()
                .journal(Journal.inMemory())
                .engines(engine)
                .secrets(SecretResolver.withNamed(servers::password))
                .build();
    }

    /** The cluster endpoint leads to the old writer for a while, which is a reader by then, and to the new one with the same volume. */
    private void failOver(String... whatTheNewOneLacks) {
        cluster.onNewWriter(writer -> {
            if (whatTheNewOneLacks.length > 0) {
                replica.server().execute(whatTheNewOneLacks);
            }
            replica.becomeInstance(writer.id());
        });
        replica.becomeReader();
        cluster.failOver("copy-2");
    }

    private static void configurationIsLost(FailoverIT it) {
        it.failOver("STOP REPLICA", "RESET REPLICA ALL");
    }

    private ReplicaMove move() {
        return heard.stream()
                .filter(RunEvent.ReplicaMoved.class::isInstance)
                .map(event -> ((RunEvent.ReplicaMoved) event).move())
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new AssertionError("No move among " + heard));
    }

    private String value(DressedServer server, String query) {
        return String.valueOf(server.server().query(query).get(0).get(0));
    }

    /** The applier stands still, which the run bears with for a while. */
    private ReplicationRun waitingRun(Sluice sluice, ReplicationPlan plan) {
        ReplicationRun run = sluice.start(sluice.compile(plan.pauseBefore(GuideStep.CATCH_UP)), heard::add);
        await().atMost(SOON).until(() -> run.status().state() == RunState.PAUSED);
        replica.server().execute("STOP REPLICA SQL_THREAD");
        source.server().execute("INSERT INTO shop.item VALUES (4, 'waits')");
        run.proceed();
        await().atMost(SOON).until(() -> heard.stream().anyMatch(RunEvent.LagObserved.class::isInstance));
        return run;
    }

    /** On RDS the same, which is quicker, is part of every check. */
    @Tag("long")
    @Test
    void aRunThatCatchesUpGoesOnAtTheNewWriterWhichKeptItsConfiguration() throws Exception {
        ReplicationPlan plan = plan(false);
        try (AuroraEngine engine = AuroraEngine.create(client.clients());
                Sluice sluice = sluice(engine)) {
            ReplicationRun run = waitingRun(sluice, plan);
            failOver("STOP REPLICA");

            assertThat(run.await().state()).isEqualTo(RunState.SUCCEEDED);

            assertThat(move().outcome()).isEqualTo(Outcome.STARTED);
            assertThat(move().from().name()).isEqualTo("copy-1");
            assertThat(move().to().name()).isEqualTo("copy-2");
            assertThat(move().told()).anyMatch(text -> text.contains("failover to DB instance: copy-2"));
            assertThat(value(replica, COUNT)).isEqualTo("4");
        }
        assertThat(value(replica, "SELECT IS_USED_LOCK('dev.sluice.replica')")).isEqualTo("null");
        assertThat(value(
                        source,
                        "SELECT COUNT(*) FROM performance_schema.metadata_locks"
                                + " WHERE OBJECT_TYPE = 'USER LEVEL LOCK'"))
                .isEqualTo("0");
    }

    @Test
    void aRunThatCatchesUpPointsTheNewWriterWhereItsGtidsEnd() throws Exception {
        ReplicationPlan plan = byGtid();
        try (AuroraEngine engine = AuroraEngine.create(client.clients());
                Sluice sluice = sluice(engine)) {
            assertThat(sluice.compile(plan).explain().text())
                    .contains("Should the replica fail over")
                    .doesNotContain("allowRepointByMonitor");
            ReplicationRun run = waitingRun(sluice, plan);
            configurationIsLost(this);
            source.server().execute("INSERT INTO shop.item VALUES (5, 'after')");

            assertThat(run.await().state()).isEqualTo(RunState.SUCCEEDED);

            assertThat(move().outcome()).isEqualTo(Outcome.REPOINTED);
            assertThat(run.await().verification())
                    .hasValueSatisfying(report -> assertThat(report.isClean()).isTrue());
            assertThat(value(replica, COUNT)).isEqualTo("5");
            assertThat(value(
                            replica,
                            "SELECT CONCAT(AUTO_POSITION, SSL_ALLOWED)"
                                    + " FROM performance_schema.replication_connection_configuration"))
                    .isEqualTo("1YES");
        }
    }

    @Test
    @Tag("long")
    void withoutGtidsALostConfigurationEndsTheRunAndNothingIsGuessed() throws Exception {
        ReplicationPlan plan = plan(false);
        try (AuroraEngine engine = AuroraEngine.create(client.clients());
                Sluice sluice = sluice(engine)) {
            ReplicationRun run = waitingRun(sluice, plan);
            configurationIsLost(this);

            RunStoppedException failed = catchThrowableOfType(RunStoppedException.class, run::await);

            assertThat(failed.code().id()).isEqualTo("CORE-631");
            assertThat(move().outcome()).isEqualTo(Outcome.LEFT);
            assertThat(replica.server().query("SHOW REPLICA STATUS")).isEmpty();
        }
    }

    @Test
    @Tag("long")
    void aWriterWithOtherDataIsNotPointed() throws Exception {
        ReplicationPlan plan = byGtid();
        try (AuroraEngine engine = AuroraEngine.create(client.clients());
                Sluice sluice = sluice(engine)) {
            ReplicationRun run = waitingRun(sluice, plan);
            failOver("STOP REPLICA", "RESET REPLICA ALL", "RESET MASTER");

            RunStoppedException failed = catchThrowableOfType(RunStoppedException.class, run::await);

            assertThat(failed.code().id()).isEqualTo("CORE-631");
            assertThat(failed).hasMessageContaining("its data are others");
            assertThat(replica.server().query("SHOW REPLICA STATUS")).isEmpty();
        }
    }

    private ReplicationRun finished(Sluice sluice, ReplicationPlan plan) throws InterruptedException {
        ReplicationRun run = sluice.start(sluice.compile(plan));
        run.await();
        return run;
    }

    private ReplicaMove watchedMove() {
        await().atMost(SOON).until(() -> watched.stream().anyMatch(MonitorEvent.ReplicaMoved.class::isInstance));
        return watched.stream()
                .filter(MonitorEvent.ReplicaMoved.class::isInstance)
                .map(event -> ((MonitorEvent.ReplicaMoved) event).move())
                .findFirst()
                .orElseThrow();
    }

    private static void awaitHealth(Monitor monitor, Predicate<ReplicationHealth> expected) {
        await().atMost(SOON)
                .until(() -> monitor.latest()
                        .filter(state -> expected.test(state.health()))
                        .isPresent());
    }

    @Tag("long")
    @Test
    void aMonitorTellsOfAMoveAndChangesNothingUnasked() throws Exception {
        ReplicationPlan plan = byGtid();
        try (AuroraEngine engine = AuroraEngine.create(client.clients());
                Sluice sluice = sluice(engine)) {
            ReplicationRun run = finished(sluice, plan);
            try (Monitor monitor = run.monitor(Duration.ofMillis(200), watched::add)) {
                awaitHealth(monitor, ReplicationHealth::isFine);
                configurationIsLost(this);

                assertThat(watchedMove().outcome()).isEqualTo(Outcome.LEFT);
                assertThat(watchedMove().from().name()).isEqualTo("copy-1");
                assertThat(watchedMove().to().name()).isEqualTo("copy-2");
                assertThat(watchedMove().replication()).contains("allowRepointByMonitor()");
                awaitHealth(monitor, health -> health == ReplicationHealth.NOT_CONFIGURED);
            }
        }
        assertThat(replica.server().query("SHOW REPLICA STATUS")).isEmpty();
    }

    @Test
    @Tag("long")
    void aMonitorThatMayPointsTheNewWriterWhereItsGtidsEnd() throws Exception {
        ReplicationPlan plan = byGtid().allowRepointByMonitor();
        try (AuroraEngine engine = AuroraEngine.create(client.clients());
                Sluice sluice = sluice(engine)) {
            ReplicationRun run = finished(sluice, plan);
            try (Monitor monitor = run.monitor(Duration.ofMillis(200), watched::add)) {
                awaitHealth(monitor, ReplicationHealth::isFine);
                configurationIsLost(this);
                source.server().execute("INSERT INTO shop.item VALUES (4, 'late')");

                assertThat(watchedMove().outcome()).isEqualTo(Outcome.REPOINTED);
                awaitHealth(monitor, ReplicationHealth::isFine);
            }
            await().atMost(SOON).until(() -> value(replica, COUNT).equals("4"));
        }
    }

    @Test
    @Tag("long")
    void aMonitorSeesReplicationGoOnWhereItsConfigurationWasKept() throws Exception {
        ReplicationPlan plan = plan(false);
        try (AuroraEngine engine = AuroraEngine.create(client.clients());
                Sluice sluice = sluice(engine)) {
            ReplicationRun run = finished(sluice, plan);
            try (Monitor monitor = run.monitor(Duration.ofMillis(200), watched::add)) {
                awaitHealth(monitor, ReplicationHealth::isFine);
                failOver();
                source.server().execute("INSERT INTO shop.item VALUES (4, 'late')");

                assertThat(watchedMove().outcome()).isEqualTo(Outcome.KEPT);
                awaitHealth(monitor, ReplicationHealth::isFine);
            }
            await().atMost(SOON).until(() -> value(replica, COUNT).equals("4"));
        }
    }
}
