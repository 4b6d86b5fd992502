// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.error.SluiceException;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.rds.managed.ManagedErrorCode;
import dev.sluice.testing.aws.ApiRegion;
import dev.sluice.testing.aws.AwsApi;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.RdsFlavour;
import dev.sluice.testservers.MySqlServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A read replica that stands still keeps the source's binary logs, and goes when it is not needed any more. */
@Tag("long")
@Timeout(300)
class KeepBinlogsIT {
    private static final Duration LONG = Duration.ofHours(400);

    private final Servers servers = new Servers();
    private AwsApi api;
    private ApiRegion region;
    private ApiClient client;
    private DressedServer source;
    private DressedServer replica;

    @BeforeEach
    void open() {
        api = AwsApi.builder().stage(Duration.ofMillis(50)).start();
        region = api.region(ApiClient.REGION);
        client = new ApiClient(api);
        source = instance("orders");
        replica = instance("orders-copy");
        source.server()
                .execute(
                        "CREATE DATABASE shop",
                        "CREATE TABLE shop.item (id INT PRIMARY KEY)",
                        "INSERT INTO shop.item VALUES (1), (2)");
    }

    @AfterEach
    void close() {
        client.close();
        api.close();
        servers.close();
    }

    private DressedServer instance(String id) {
        DressedServer server = servers.dressed(RdsFlavour.MYSQL_8_0);
        region.instance(id, server.server(), 7);
        return server;
    }

    private Sluice sluice(RdsEngine engine) {
        return Sluice.builder()
                .journal(Journal.inMemory())
                .engines(engine)
                .secrets(SecretResolver.withNamed(servers::password))
                .build();
    }

    private ReplicationPlan plan(RdsOption... options) {
        return ReplicationPlan.from(servers.named("orders", source), options)
                .to(servers.named("orders-copy", replica))
                .replicationUserHost("%")
                .retainBinlogs(LONG)
                .allowPlainText();
    }

    private MySqlServer keeper(ReplicationRun run) {
        return region.findInstance("sluice-" + run.id()).orElseThrow().server();
    }

    private void awaitGone(ReplicationRun run) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> region.findInstance("sluice-" + run.id()).isEmpty());
    }

    private static void awaitPause(ReplicationRun run) {
        await().atMost(Duration.ofSeconds(120))
                .until(() -> run.status().state() == RunState.PAUSED
                        || run.status().state().isFinal());
        assertThat(run.status().state()).isEqualTo(RunState.PAUSED);
    }

    private String retention() {
        return String.valueOf(source.server()
                .query("SELECT value FROM mysql.rds_configuration WHERE name = 'binlog retention hours'")
                .get(0)
                .get(0));
    }

    @Test
    void itStandsStillUntilTheReplicaHasCaughtUp() throws Exception {
        try (RdsEngine engine = RdsEngine.create(client.clients());
                Sluice sluice = sluice(engine)) {
            ReplicationPlan plan = plan(RdsOption.keepingBinlogsByReadReplica()).pauseBefore(GuideStep.CATCH_UP);
            assertThat(sluice.planFromJson(sluice.toJson(plan))).isEqualTo(plan);
            ReplicationRun run = sluice.start(sluice.compile(plan));
            awaitPause(run);

            assertThat(retention()).isEqualTo("168");
            assertThat(keeper(run).query("SELECT SERVICE_STATE FROM performance_schema.replication_connection_status"))
                    .allSatisfy(row -> assertThat(row).containsExactly("OFF"));
            source.server().execute("INSERT INTO shop.item VALUES (3)");
            run.proceed();

            assertThat(run.await().state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(run.await().left()).isEmpty();
            awaitGone(run);
            assertThat(retention()).isEqualTo("24");
            assertThat(replica.server().query("SELECT COUNT(*) FROM shop.item").get(0))
                    .containsExactly("3");
        }
        assertThat(api.breakdowns()).isEmpty();
    }

    @Test
    void aCancelDeletesIt() throws Exception {
        try (RdsEngine engine = RdsEngine.create(client.clients());
                Sluice sluice = sluice(engine)) {
            ReplicationRun run = sluice.start(
                    sluice.compile(plan(RdsOption.keepingBinlogsByReadReplica()).pauseBefore(GuideStep.SNAPSHOT)));
            awaitPause(run);
            assertThat(region.findInstance("sluice-" + run.id())).isPresent();

            run.cancel();

            awaitGone(run);
            await().atMost(Duration.ofSeconds(30)).until(() -> run.status().state() == RunState.CANCELLED);
            assertThat(retention()).isEqualTo("null");
        }
    }

    @Test
    void nothingIsMadeUnasked() {
        try (RdsEngine engine = RdsEngine.create(client.clients());
                Sluice sluice = sluice(engine)) {
            SluiceException refused = catchThrowableOfType(SluiceException.class, () -> sluice.compile(plan()));

            assertThat(refused.problems()).anySatisfy(problem -> {
                assertThat(problem.code()).isEqualTo(ManagedErrorCode.RETENTION_OUT_OF_RANGE);
                assertThat(problem.remedy()).contains("keepingBinlogsByReadReplica");
            });
            assertThat(catchThrowableOfType(
                                    SluiceException.class,
                                    () -> sluice.compile(plan(RdsOption.keepingBinlogsByReadReplica())
                                            .retainBinlogs(Duration.ofHours(800))))
                            .problems())
                    .anyMatch(problem -> problem.code() == ManagedErrorCode.RETENTION_OUT_OF_RANGE);
            assertThat(catchThrowableOfType(
                                    SluiceException.class,
                                    () -> sluice.compile(plan(RdsOption.keepingBinlogsByReadReplica())
                                            .seedWith(RdsSeed.TEMPORARY_READ_REPLICA)))
                            .problems())
                    .anyMatch(problem -> problem.code() == SeedCode.KEEPS_AND_SEEDS);
        }
        assertThat(api.modifications()).isEmpty();
    }
}
