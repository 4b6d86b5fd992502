// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.testing.aws.ApiCall;
import dev.sluice.testing.aws.ApiFault;
import dev.sluice.testing.aws.AwsApi;
import dev.sluice.testing.load.Shop;
import dev.sluice.testing.load.Writers;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.Heartbeat;
import dev.sluice.testing.rds.RdsFlavour;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A snapshot of the loaded cluster before it is pointed at its source. */
@Tag("long")
@Timeout(300)
class SafetySnapshotIT {
    private static final String VERSION = "8.0.mysql_aurora.3.08.0";
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final Servers servers = new Servers();
    private DressedServer source;
    private DressedServer replica;
    private AwsApi api;
    private ApiClient client;

    @BeforeEach
    void open() {
        api = AwsApi.builder().stage(Duration.ofMillis(50)).start();
        client = new ApiClient(api);
        source = servers.aurora(RdsFlavour.AURORA_3);
        replica = servers.aurora(RdsFlavour.AURORA_3);
        add("orders", source);
        add("copy", replica);
        Shop.open(source.server());
    }

    private void add(String id, DressedServer server) {
        api.region(ApiClient.REGION).cluster(id, VERSION, server.server()).reachedAt(server.host(), server.port());
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

    private ReplicationPlan plan() {
        return ReplicationPlan.from(servers.named("orders", source))
                .to(servers.named("copy", replica), AuroraOption.safetySnapshot())
                .replicationUserHost("%")
                .retainBinlogs(Duration.ofHours(24));
    }

    private List<ApiCall> calls(String action) {
        return api.calls().stream().filter(call -> call.action().equals(action)).toList();
    }

    @Test
    void itIsTakenOnceOfTheLoadedClusterAndStays() throws Exception {
        api.failOnce("CreateDBClusterSnapshot", ApiFault.LOST_ANSWER);
        try (Heartbeat heart = source.beating(BEAT);
                Writers writers = Shop.sells(source.server());
                AuroraEngine engine = AuroraEngine.create(client.clients());
                Sluice sluice = sluice(engine)) {
            ReplicationRun run = sluice.start(sluice.compile(plan().pauseBefore(GuideStep.ENABLE_REPLICATION)));
            await().atMost(Duration.ofSeconds(120)).until(() -> run.status().state() == RunState.PAUSED);
            assertThat(calls("CreateDBClusterSnapshot")).isEmpty();
            run.proceed();
            RunResult result = run.await();

            assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(calls("CreateDBClusterSnapshot"))
                    .singleElement()
                    .satisfies(call -> assertThat(call.parameters())
                            .containsEntry("DBClusterIdentifier", "copy")
                            .containsEntry("DBClusterSnapshotIdentifier", "sluice-" + result.id() + "-safety")
                            .containsEntry("Tags.Tag.1.Key", "sluice-run")
                            .containsEntry("Tags.Tag.1.Value", result.id().value()));
            assertThat(calls("DeleteDBClusterSnapshot")).isEmpty();
            assertThat(client.raw()
                            .describeDBClusterSnapshots(ask -> ask.dbClusterIdentifier("copy"))
                            .dbClusterSnapshots())
                    .singleElement()
                    .satisfies(taken -> assertThat(taken.status()).isEqualTo("available"));
            writers.stop();
            heart.close();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Shop.stock(replica.server()).equals(Shop.stock(source.server())));
        }
    }

    @Test
    void aCancelDeletesIt() throws Exception {
        try (Writers writers = Shop.sells(source.server());
                AuroraEngine engine = AuroraEngine.create(client.clients());
                Sluice sluice = sluice(engine)) {
            ReplicationRun run = sluice.start(sluice.compile(plan().pauseBefore(GuideStep.CATCH_UP)));
            await().atMost(Duration.ofSeconds(120))
                    .until(() -> run.status().state() == RunState.PAUSED
                            || run.status().state().isFinal());

            run.cancel();

            RunResult result = run.completion().toCompletableFuture().get();
            assertThat(result.state()).isEqualTo(RunState.CANCELLED);
            assertThat(result.left()).isEmpty();
            assertThat(calls("DeleteDBClusterSnapshot"))
                    .singleElement()
                    .satisfies(call -> assertThat(call.parameters())
                            .containsEntry("DBClusterSnapshotIdentifier", "sluice-" + run.id() + "-safety"));
            assertThat(replica.server().query("SHOW DATABASES LIKE 'shop'")).isEmpty();
            writers.stop();
        }
    }
}
