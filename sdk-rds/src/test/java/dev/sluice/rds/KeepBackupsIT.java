// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.run.StepResult;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.testing.aws.ApiCall;
import dev.sluice.testing.aws.ApiFault;
import dev.sluice.testing.aws.ApiInstance;
import dev.sluice.testing.aws.AwsApi;
import dev.sluice.testing.load.Shop;
import dev.sluice.testing.load.Writers;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.RdsFlavour;
import dev.sluice.testservers.ServerOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Automated backups of a replica that is there: switching them on restarts it in the middle of the run, which loses its sessions there and its claim.
 */
@Tag("long")
@Timeout(300)
class KeepBackupsIT {
    private final Servers servers = new Servers();
    private final AwsApi api = AwsApi.builder().stage(Duration.ofMillis(50)).start();
    private final ApiClient client = new ApiClient(api);
    private DressedServer source;
    private DressedServer replica;
    private ApiInstance instance;

    @AfterEach
    void close() {
        client.close();
        api.close();
        servers.close();
    }

    private void open(int sourcesDays) {
        source = servers.dressed(
                RdsFlavour.MYSQL_8_0, options -> sourcesDays == 0 ? options.withoutBinaryLog() : options);
        replica = servers.dressed(RdsFlavour.MYSQL_8_0, ServerOptions::withoutBinaryLog);
        api.region(ApiClient.REGION).instance("orders", source.server(), sourcesDays);
        instance = api.region(ApiClient.REGION).instance("orders-copy", replica.server(), 0);
        Shop.open(source.server());
    }

    private Sluice sluice(RdsEngine engine) {
        return Sluice.builder()
                .journal(Journal.inMemory())
                .engines(engine)
                .secrets(SecretResolver.withNamed(servers::password))
                .build();
    }

    private ReplicationPlan plan() {
        return ReplicationPlan.from(servers.endpoint("orders", source))
                .to(servers.endpoint("orders-copy", replica), RdsOption.keepingBackups(3))
                .replicationUserHost("%")
                .retainBinlogs(Duration.ofHours(24))
                .allowPlainText()
                .allowBackupRetentionChange();
    }

    private List<ApiCall> ofReplica() {
        return api.modifications().stream()
                .filter(call -> "orders-copy".equals(call.parameters().get("DBInstanceIdentifier")))
                .toList();
    }

    private static StepResult step(RunResult result) {
        return result.steps().stream()
                .filter(one -> one.row() == GuideStep.KEEP_BACKUPS)
                .findFirst()
                .orElseThrow();
    }

    private void assertFollows(RunResult result) {
        assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(result.left()).isEmpty();
        assertThat(result.verification())
                .hasValueSatisfying(report -> assertThat(report.isClean()).isTrue());
        assertThat(step(result).outcome()).isEqualTo(StepResult.Outcome.DONE);
        assertThat(replica.server().query("SELECT @@log_bin")).containsExactly(List.of("1"));
        assertThat(instance.backupRetention()).isEqualTo(3);
    }

    @Test
    void theyAreSwitchedOnAfterTheLoadAndNotASecondTime() throws Exception {
        open(7);
        api.failOnce("ModifyDBInstance", ApiFault.LOST_ANSWER);
        try (RdsEngine engine = RdsEngine.create(client.clients());
                Sluice sluice = sluice(engine);
                Writers writers = Shop.sells(source.server())) {
            assertFollows(sluice.start(sluice.compile(plan())).await());
            assertThat(ofReplica()).hasSize(1);
            writers.close();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Shop.stock(replica.server()).equals(Shop.stock(source.server())));

            RunResult again = sluice.start(sluice.compile(plan())).await();

            assertThat(step(again).outcome()).isEqualTo(StepResult.Outcome.ALREADY_DONE);
            assertThat(ofReplica()).hasSize(1);
        }
    }

    /** The restart of the source takes the lock with it that is to keep others off the replica during its own restart. */
    @Test
    void theSourceMayHaveBeenRestartedForItsLogInTheSameRun() throws Exception {
        open(0);
        try (RdsEngine engine = RdsEngine.create(client.clients());
                Sluice sluice = sluice(engine)) {
            assertFollows(sluice.start(sluice.compile(plan())).await());
        }
        assertThat(api.breakdowns()).isEmpty();
    }

    @Test
    void withoutClientsAPersonSwitchesThemOnAndTheServerShowsIt() throws Exception {
        open(7);
        try (RdsEngine engine = RdsEngine.create();
                Sluice sluice = sluice(engine)) {
            ReplicationRun run = sluice.start(sluice.compile(plan()));
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> run.status().state().isFinal()
                            || !run.pendingActions().isEmpty());
            assertThat(run.pendingActions())
                    .singleElement()
                    .satisfies(action -> assertThat(action.instructions())
                            .containsExactly("aws rds modify-db-instance --region eu-west-1"
                                    + " --db-instance-identifier orders-copy --backup-retention-period 3"
                                    + " --apply-immediately"));

            client.raw()
                    .modifyDBInstance(request -> request.dbInstanceIdentifier("orders-copy")
                            .backupRetentionPeriod(3)
                            .applyImmediately(true));

            assertFollows(run.await());
            assertThat(sluice.start(sluice.compile(plan())).await().state()).isEqualTo(RunState.SUCCEEDED);
        }
    }
}
