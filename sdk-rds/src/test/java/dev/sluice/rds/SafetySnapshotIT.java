// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.PendingAction;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
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
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A snapshot of the loaded replica before it is pointed at its source. */
@Tag("long")
@Timeout(300)
class SafetySnapshotIT {
    private final Servers servers = new Servers();
    private DressedServer source;
    private DressedServer replica;
    private AwsApi api;
    private ApiClient client;

    @BeforeEach
    void open() {
        api = AwsApi.builder().stage(Duration.ofMillis(50)).start();
        client = new ApiClient(api);
        source = servers.dressed(RdsFlavour.MYSQL_8_0);
        replica = servers.dressed(RdsFlavour.MYSQL_8_0);
        ApiRegion region = api.region(ApiClient.REGION);
        region.instance("orders", source.server(), 7);
        region.instance("orders-copy", replica.server(), 7);
        Shop.open(source.server());
    }

    @AfterEach
    void close() {
        client.close();
        api.close();
        servers.close();
    }

    private Sluice sluice(RdsEngine engine) {
        return Sluice.builder()
                .journal(Journal.inMemory())
                .engines(engine)
                .secrets(SecretResolver.withNamed(servers::password))
                .build();
    }

    private static ReplicationPlan plan(RdsMySql from, RdsMySql to) {
        return ReplicationPlan.from(from)
                .to(to, RdsOption.safetySnapshot())
                .replicationUserHost("%")
                .retainBinlogs(Duration.ofHours(24))
                .allowPlainText();
    }

    private ReplicationPlan plan() {
        return plan(servers.named("orders", source), servers.named("orders-copy", replica));
    }

    private List<ApiCall> calls(String action) {
        return api.calls().stream().filter(call -> call.action().equals(action)).toList();
    }

    @Test
    void itIsTakenOnceBeforeReplicationAndStays() throws Exception {
        api.failOnce("CreateDBSnapshot", ApiFault.LOST_ANSWER);
        try (Writers writers = Shop.sells(source.server());
                RdsEngine engine = RdsEngine.create(client.clients());
                Sluice sluice = sluice(engine)) {
            RunResult result = sluice.start(sluice.compile(plan())).await();

            assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(calls("CreateDBSnapshot"))
                    .singleElement()
                    .satisfies(call -> assertThat(call.parameters())
                            .containsEntry("DBInstanceIdentifier", "orders-copy")
                            .containsEntry("DBSnapshotIdentifier", "sluice-" + result.id() + "-safety")
                            .containsEntry("Tags.Tag.1.Key", "sluice-run")
                            .containsEntry("Tags.Tag.1.Value", result.id().value()));
            assertThat(calls("DeleteDBSnapshot")).isEmpty();
            writers.close();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Shop.stock(replica.server()).equals(Shop.stock(source.server())));
        }
    }

    @Test
    void aCancelDeletesIt() throws Exception {
        try (RdsEngine engine = RdsEngine.create(client.clients());
                Sluice sluice = sluice(engine)) {
            ReplicationRun run = sluice.start(sluice.compile(plan().pauseBefore(GuideStep.CATCH_UP)));
            await().atMost(Duration.ofSeconds(120))
                    .until(() -> run.status().state() == RunState.PAUSED
                            || run.status().state().isFinal());

            run.cancel();

            RunResult result = run.completion().toCompletableFuture().get();
            assertThat(result.state()).isEqualTo(RunState.CANCELLED);
            assertThat(result.left()).isEmpty();
            assertThat(calls("DeleteDBSnapshot"))
                    .singleElement()
                    .satisfies(call -> assertThat(call.parameters())
                            .containsEntry("DBSnapshotIdentifier", "sluice-" + run.id() + "-safety"));
        }
    }

    @Test
    void withoutClientsAPersonTakesIt() throws Exception {
        try (RdsEngine engine = RdsEngine.create();
                Sluice sluice = sluice(engine)) {
            ReplicationRun run = sluice.start(
                    sluice.compile(plan(servers.endpoint("orders", source), servers.endpoint("orders-copy", replica))));
            await().atMost(Duration.ofSeconds(120))
                    .until(() -> !run.pendingActions().isEmpty()
                            || run.status().state().isFinal());
            PendingAction action = run.pendingActions().get(0);
            assertThat(action.instructions())
                    .containsExactly("aws rds create-db-snapshot --region " + ApiClient.REGION
                            + " --db-instance-identifier orders-copy --db-snapshot-identifier sluice-" + run.id()
                            + "-safety --tags Key=sluice-run,Value=" + run.id());

            run.confirm(action.id(), "somebody");

            assertThat(run.await().state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(api.modifications()).isEmpty();
        }
    }
}
