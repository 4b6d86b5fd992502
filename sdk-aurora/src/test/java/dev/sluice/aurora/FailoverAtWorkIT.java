// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.error.RunStoppedException;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicaMove;
import dev.sluice.api.run.ReplicaMove.Outcome;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.copy.CopyBudget;
import dev.sluice.core.copy.LiveBudget;
import dev.sluice.core.journal.Journal;
import dev.sluice.testing.aws.ApiCluster;
import dev.sluice.testing.aws.AwsApi;
import dev.sluice.testing.load.Shop;
import dev.sluice.testing.load.Writers;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.RdsFlavour;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A replica cluster whose writer moves while a run does more than wait for it: in the middle of the load, and of the verification. */
@Tag("long")
@Timeout(300)
class FailoverAtWorkIT {
    private static final String VERSION = "8.0.mysql_aurora.3.08.0";
    private static final Duration SOON = Duration.ofSeconds(120);

    private final Servers servers = new Servers();
    private final List<RunEvent> heard = new CopyOnWriteArrayList<>();
    private AwsApi api;
    private ApiClient client;
    private DressedServer source;
    private DressedServer replica;
    private ApiCluster cluster;

    @BeforeEach
    void open() {
        api = AwsApi.start();
        client = new ApiClient(api);
        source = servers.aurora(RdsFlavour.AURORA_3);
        replica = servers.aurora(RdsFlavour.AURORA_3);
        replica.becomeInstance("copy-1");
        api.region(ApiClient.REGION)
                .cluster("orders", VERSION, source.server())
                .reachedAt(source.host(), source.port());
        cluster = api.region(ApiClient.REGION).cluster("copy", VERSION, replica.server());
        cluster.reachedAt(replica.host(), replica.port());
        cluster.reader("copy-2");
        Shop.open(source.server());
        source.server()
                .execute(
                        "CREATE TABLE shop.past (id INT AUTO_INCREMENT PRIMARY KEY, text VARCHAR(100))",
                        "INSERT INTO shop.past (text) SELECT REPEAT('x', 100)"
                                + " FROM shop.item a, shop.item b, shop.item c LIMIT 20000");
    }

    @AfterEach
    void close() {
        client.close();
        api.close();
        servers.close();
    }

    private ReplicationPlan plan() {
        return ReplicationPlan.from(servers.named("orders", source))
                .to(servers.named("copy", replica))
                .replicationUserHost("%")
                .retainBinlogs(Duration.ofHours(24));
    }

    /** Not by way of a reader: whoever makes one waits for locks on tables, which the server's end breaks. */
    private void failOver() {
        cluster.onNewWriter(writer -> replica.becomeInstance(writer.id()));
        cluster.failOver("copy-2");
    }

    private static String value(DressedServer server, String query) {
        return String.valueOf(server.server().query(query).get(0).get(0));
    }

    private void isEqualInTheEnd(Writers writers) throws InterruptedException {
        writers.stop();
        await().atMost(SOON).until(() -> Shop.stock(replica.server()).equals(Shop.stock(source.server())));
        assertThat(value(replica, "SELECT COUNT(*) FROM shop.past")).isEqualTo("20000");
    }

    @Test
    void inTheMiddleOfTheLoadItEndsTheRunWhichCanBeTakenBackAndBegunAnew() throws Exception {
        LiveBudget budget = LiveBudget.of(CopyBudget.atMost(1, 1).bytesPerSecond(100_000));
        try (Writers writers = Shop.sells(source.server());
                AuroraEngine engine = AuroraEngine.create(client.clients());
                Sluice sluice = Sluice.builder()
                        .journal(Journal.inMemory())
                        .engines(engine)
                        .secrets(SecretResolver.withNamed(servers::password))
                        .copyBudget(budget)
                        .build()) {
            ReplicationRun run = sluice.start(sluice.compile(plan()), heard::add);
            await().atMost(SOON)
                    .until(() -> !replica.server()
                                    .query("SELECT 1 FROM information_schema.TABLES"
                                            + " WHERE TABLE_SCHEMA = 'shop' AND TABLE_NAME = 'past'")
                                    .isEmpty()
                            && !value(replica, "SELECT COUNT(*) FROM shop.past").equals("0"));
            failOver();

            RunStoppedException failed = catchThrowableOfType(RunStoppedException.class, run::await);

            RunResult result = run.completion().toCompletableFuture().get();
            assertThat(result.state()).isEqualTo(RunState.FAILED);
            assertThat(failed.code().id()).isEqualTo("CORE-615");
            assertThat(failed).hasMessageContaining("failed over");
            assertThat(result.left()).isNotEmpty();
            await().atMost(SOON).until(() -> cluster.status().equals("available"));
            assertThat(replica.server().query("SHOW REPLICA STATUS")).isEmpty();
            assertThat(value(
                            source,
                            "SELECT COUNT(*) FROM performance_schema.session_connect_attrs"
                                    + " WHERE ATTR_NAME = 'sluice_run'"))
                    .isEqualTo("0");

            budget.change(CopyBudget.atMost(4, 4));
            assertThat(run.abandon().left()).isEmpty();
            assertThat(replica.server().query("SHOW DATABASES LIKE 'shop'")).isEmpty();
            RunResult again = sluice.start(sluice.compile(plan())).await();
            assertThat(again.state()).isEqualTo(RunState.SUCCEEDED);
            isEqualInTheEnd(writers);
        }
    }

    @Test
    void inTheMiddleOfTheVerificationItIsFollowedAndTheComparisonBegunAnew() throws Exception {
        try (Writers writers = Shop.sells(source.server());
                AuroraEngine engine = AuroraEngine.create(client.clients());
                Sluice sluice = Sluice.builder()
                        .journal(Journal.inMemory())
                        .engines(engine)
                        .secrets(SecretResolver.withNamed(servers::password))
                        .build()) {
            ReplicationRun run = sluice.start(sluice.compile(plan().pauseBefore(GuideStep.VERIFY)), heard::add);
            await().atMost(SOON).until(() -> run.status().state() == RunState.PAUSED);
            try (Connection other = replica.server().connect();
                    Statement lock = other.createStatement()) {
                lock.execute("LOCK TABLES shop.past WRITE");
                run.proceed();
                await().atMost(SOON)
                        .until(() -> !replica.server()
                                .query("SELECT 1 FROM information_schema.PROCESSLIST"
                                        + " WHERE STATE LIKE 'Waiting for table%' AND USER = 'admin'")
                                .isEmpty());
                failOver();

                RunResult result = run.await();

                assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
                assertThat(result.verification())
                        .hasValueSatisfying(
                                report -> assertThat(report.isClean()).isTrue());
                assertThat(moves()).singleElement().satisfies(move -> {
                    assertThat(move.outcome()).isIn(Outcome.KEPT, Outcome.STARTED);
                    assertThat(move.to().name()).isEqualTo("copy-2");
                    assertThat(move.told()).anyMatch(text -> text.contains("failover to DB instance: copy-2"));
                });
            }
            isEqualInTheEnd(writers);
        }
    }

    private List<ReplicaMove> moves() {
        return heard.stream()
                .filter(RunEvent.ReplicaMoved.class::isInstance)
                .map(event -> ((RunEvent.ReplicaMoved) event).move())
                .toList();
    }
}
