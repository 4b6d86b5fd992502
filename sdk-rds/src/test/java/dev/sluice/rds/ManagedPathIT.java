// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.error.SluiceException;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.PendingAction;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.PausedReplication;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.testing.aws.AwsApi;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.RdsFlavour;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole runs between servers dressed as RDS, with nothing but the privileges that AWS grants. */
@Timeout(300)
class ManagedPathIT {
    private final Servers servers = new Servers();

    @AfterEach
    void close() {
        servers.close();
    }

    private Sluice sluice(RdsEngine engine) {
        return Sluice.builder()
                .journal(Journal.inMemory())
                .engines(engine)
                .secrets(SecretResolver.withNamed(servers::password))
                .build();
    }

    private ReplicationPlan plan(DressedServer source, DressedServer replica) {
        return ReplicationPlan.from(servers.endpoint("orders", source))
                .to(servers.endpoint("orders-copy", replica))
                .replicationUserHost("%")
                .retainBinlogs(Duration.ofHours(144))
                .allowPlainText();
    }

    private static void fill(DressedServer source) {
        source.server()
                .execute(
                        "CREATE DATABASE shop",
                        "CREATE TABLE shop.item (id INT PRIMARY KEY, name VARCHAR(50))",
                        "INSERT INTO shop.item VALUES (1, 'a'), (2, 'b'), (3, NULL)");
    }

    @Test
    void retainedEnabledVerifiedAndEndedByProcedures() throws InterruptedException {
        byProcedures(RdsFlavour.MYSQL_8_0);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource(value = RdsFlavour.class, names = "MYSQL_5_7")
    void byTheProceduresOfOtherVersionsAsWell(RdsFlavour flavour) throws InterruptedException {
        byProcedures(flavour);
    }

    private void byProcedures(RdsFlavour flavour) throws InterruptedException {
        DressedServer source = servers.dressed(flavour);
        DressedServer replica = servers.dressed(flavour);
        fill(source);
        try (RdsEngine engine = RdsEngine.create();
                Sluice sluice = sluice(engine)) {
            ReplicationPlan plan = plan(source, replica);
            RunResult result = sluice.start(sluice.compile(plan)).await();
            assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(result.rowsCopied()).isEqualTo(3);
            assertThat(result.verification())
                    .hasValueSatisfying(report -> assertThat(report.isClean()).isTrue());
            assertThat(retention(source)).isEqualTo("24");

            source.beat();
            source.server().execute("INSERT INTO shop.item VALUES (4, 'late')");
            await().atMost(Duration.ofSeconds(30)).until(() -> rows(replica).equals("4"));

            RunResult again = sluice.start(sluice.compile(plan)).await();
            assertThat(again.changedSomething()).isFalse();

            pauseAndGoOn(sluice, source, replica, plan);

            EndPlan end = EndPlan.of(plan.replica())
                    .source(plan.source())
                    .dropReplicationUser("sluice_repl", "%")
                    .restoreDefaultRetention()
                    .allow(Consent.PLAIN_TEXT);
            assertThat(sluice.start(sluice.compile(end)).await().state()).isEqualTo(RunState.SUCCEEDED);
        }
        assertThat(source.server().query("SELECT 1 FROM mysql.user WHERE User = 'sluice_repl'"))
                .isEmpty();
        assertThat(retention(source)).isEqualTo("null");
    }

    private static void pauseAndGoOn(Sluice sluice, DressedServer source, DressedServer replica, ReplicationPlan plan)
            throws InterruptedException {
        PausedReplication replication = sluice.replication(plan.replica(), Consent.PLAIN_TEXT);
        assertThat(replication.stop().changedSomething()).isTrue();
        assertThat(replication.stop().changedSomething()).isFalse();
        source.server().execute("INSERT INTO shop.item VALUES (5, 'later')");
        assertThat(rows(replica)).isEqualTo("4");
        assertThat(replication.start().changedSomething()).isTrue();
        await().atMost(Duration.ofSeconds(30)).until(() -> rows(replica).equals("5"));
        replica.server()
                .execute(
                        replica.server().release() == dev.sluice.testservers.MySqlRelease.MYSQL_5_7
                                ? "STOP SLAVE IO_THREAD"
                                : "STOP REPLICA IO_THREAD");
        assertThat(sluice.live(plan).start().changedSomething()).isTrue();
        assertThat(sluice.live(plan).start().changedSomething()).isFalse();
    }

    private static String retention(DressedServer server) {
        return value(server, "SELECT value FROM mysql.rds_configuration WHERE name = 'binlog retention hours'");
    }

    private static String rows(DressedServer server) {
        return value(server, "SELECT COUNT(*) FROM shop.item");
    }

    private static String value(DressedServer server, String query) {
        return String.valueOf(server.server().query(query).get(0).get(0));
    }

    @Test
    void theBinlogIsSwitchedOnThroughTheApiAndNotWithoutConsent() throws InterruptedException {
        DressedServer source = servers.dressed(RdsFlavour.MYSQL_8_0, options -> options.withoutBinaryLog());
        DressedServer replica = servers.dressed(RdsFlavour.MYSQL_8_0);
        fill(source);
        try (AwsApi api = AwsApi.start();
                ApiClient client = new ApiClient(api);
                RdsEngine engine = RdsEngine.create(client.clients());
                Sluice sluice = sluice(engine)) {
            api.region(ApiClient.REGION).instance("orders", source.server(), 0);
            api.region(ApiClient.REGION).instance("orders-copy", replica.server(), 1);
            ReplicationPlan plan = ReplicationPlan.from(servers.named("orders", source))
                    .to(servers.named("orders-copy", replica))
                    .replicationUserHost("%");
            SluiceException refused = catchThrowableOfType(SluiceException.class, () -> sluice.compile(plan));
            assertThat(refused.problems()).anyMatch(problem -> problem.code() == RdsErrorCode.NO_BINLOG);
            assertThat(api.modifications()).isEmpty();

            CompiledPlan allowed = sluice.compile(plan.allowBackupRetentionChange());
            assertThat(sluice.start(allowed).await().state()).isEqualTo(RunState.SUCCEEDED);

            assertThat(api.modifications()).hasSize(1);
            assertThat(rows(replica)).isEqualTo("3");
        }
    }

    @Test
    void withoutClientsTheSameCallIsAnActionForAPerson() throws InterruptedException {
        DressedServer source = servers.dressed(RdsFlavour.MYSQL_8_0, options -> options.withoutBinaryLog());
        DressedServer replica = servers.dressed(RdsFlavour.MYSQL_8_0);
        fill(source);
        try (RdsEngine engine = RdsEngine.create();
                Sluice sluice = sluice(engine)) {
            ReplicationPlan plan =
                    plan(source, replica).allowBackupRetentionChange().until(GuideStep.RETAIN_BINLOGS);
            ReplicationRun run = sluice.start(sluice.compile(plan));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !run.pendingActions().isEmpty());
            PendingAction action = run.pendingActions().get(0);
            assertThat(action.instructions())
                    .isEqualTo(List.of("aws rds modify-db-instance --region eu-west-1 --db-instance-identifier orders"
                            + " --backup-retention-period 1 --apply-immediately"));

            source.server().restart(options -> options.withBinaryLog());

            assertThat(run.await().state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(run.pendingActions()).isEmpty();
        }
    }
}
