// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.Monitor;
import dev.sluice.api.run.MonitorEvent;
import dev.sluice.api.run.ReplicaMove;
import dev.sluice.api.run.ReplicaMove.Outcome;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.testing.aws.ApiInstance;
import dev.sluice.testing.aws.AwsApi;
import dev.sluice.testing.load.Shop;
import dev.sluice.testing.load.Writers;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.Heartbeat;
import dev.sluice.testing.rds.RdsDressing;
import dev.sluice.testing.rds.RdsFlavour;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A Multi-AZ replica that somebody moves to its standby by {@code RebootDBInstance}, while an application writes to the source. */
@Tag("long")
@Timeout(300)
class MultiAzFailoverIT {
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final Servers servers = new Servers();
    private final List<RunEvent> heard = new CopyOnWriteArrayList<>();
    private final List<MonitorEvent> watched = new CopyOnWriteArrayList<>();
    private AwsApi api;
    private ApiClient client;
    private DressedServer source;
    private DressedServer replica;
    private int standby;

    @BeforeEach
    void open() {
        api = AwsApi.start();
        client = new ApiClient(api);
        source = servers.dressed(RdsFlavour.MYSQL_8_0);
        replica = RdsDressing.as(RdsFlavour.MYSQL_8_0)
                .behindFront()
                .dress(servers.plain(Servers.release(RdsFlavour.MYSQL_8_0), options -> options));
        replica.becomeInstance("ip-10-0-0-1");
        api.region(ApiClient.REGION).instance("orders", source.server(), 1);
        ApiInstance copy = api.region(ApiClient.REGION).instance("copy", replica.server(), 1);
        copy.reachedAt(replica.host(), replica.port());
        copy.multiAz();
        copy.onStandby(() -> replica.becomeInstance("ip-10-0-1-" + ++standby));
        Shop.open(source.server());
    }

    @AfterEach
    void close() {
        client.close();
        api.close();
        replica.close();
        servers.close();
    }

    private void failOver() {
        client.raw()
                .rebootDBInstance(
                        request -> request.dbInstanceIdentifier("copy").forceFailover(true));
    }

    @Test
    void theRunAndThenTheMonitorFollowIt() throws Exception {
        ReplicationPlan plan = ReplicationPlan.from(servers.named("orders", source))
                .to(servers.named("copy", replica))
                .replicationUserHost("%")
                .pauseBefore(GuideStep.CATCH_UP);
        try (Heartbeat heart = source.beating(BEAT);
                Writers writers = Shop.sells(source.server());
                RdsEngine engine = RdsEngine.create(client.clients());
                Sluice sluice = Sluice.builder()
                        .journal(Journal.inMemory())
                        .engines(engine)
                        .secrets(SecretResolver.withNamed(servers::password))
                        .build()) {
            ReplicationRun run = sluice.start(sluice.compile(plan), heard::add);
            await().atMost(SOON).until(() -> run.status().state() == RunState.PAUSED);
            replica.server().execute("STOP REPLICA SQL_THREAD");
            run.proceed();
            await().atMost(SOON).until(() -> heard.stream().anyMatch(RunEvent.LagObserved.class::isInstance));
            failOver();

            RunResult result = run.await();

            assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(result.verification())
                    .hasValueSatisfying(report -> assertThat(report.isClean()).isTrue());
            assertThat(moves()).last().satisfies(move -> isMoveTo(move, "ip-10-0-1-1"));
            assertThat(moves().get(moves().size() - 1).told())
                    .anyMatch(text -> text.contains("Multi-AZ instance failover started"));

            watchAnother(run);
            heart.close();
            writers.stop();
            sluice.live(plan).awaitApplied(sluice.live(plan).sourceNow(), SOON);
            assertThat(Shop.stock(replica.server())).isEqualTo(Shop.stock(source.server()));
        }
    }

    private void watchAnother(ReplicationRun run) {
        try (Monitor monitor = run.monitor(Duration.ofMillis(200), watched::add)) {
            awaitRunning(monitor);
            failOver();
            await().atMost(SOON).until(() -> watched.stream().anyMatch(MonitorEvent.ReplicaMoved.class::isInstance));
            awaitRunning(monitor);
        }
        assertThat(watched)
                .filteredOn(MonitorEvent.ReplicaMoved.class::isInstance)
                .last()
                .satisfies(event -> isMoveTo(((MonitorEvent.ReplicaMoved) event).move(), "ip-10-0-1-2"));
    }

    private static void awaitRunning(Monitor monitor) {
        await().atMost(SOON)
                .until(() -> monitor.latest()
                        .filter(state -> state.health().isFine())
                        .isPresent());
    }

    private static void isMoveTo(ReplicaMove move, String host) {
        assertThat(move.outcome()).isIn(Outcome.KEPT, Outcome.STARTED);
        assertThat(move.to().name()).isEqualTo(host);
        assertThat(move.to().serverUuid()).isEqualTo(move.from().serverUuid());
    }

    private List<ReplicaMove> moves() {
        return heard.stream()
                .filter(RunEvent.ReplicaMoved.class::isInstance)
                .map(event -> ((RunEvent.ReplicaMoved) event).move())
                .toList();
    }
}
