// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import static dev.sluice.api.plan.GuideStep.DISABLE_BINLOG;
import static dev.sluice.api.plan.GuideStep.ENABLE_BINLOG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepOutcomeUnknownException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.spi.Look;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.testing.aws.ApiFault;
import dev.sluice.testing.aws.ApiInstance;
import dev.sluice.testing.aws.AwsApi;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.RdsFlavour;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes through the RDS API, by the real AWS client over HTTP. */
@Timeout(180)
@Tag("long")
class RdsControlPlaneIT {
    private final Servers servers = new Servers();
    private AwsApi api;
    private ApiClient client;
    private RdsEngine engine;
    private DressedServer source;
    private DressedServer replica;
    private ApiInstance instance;

    @BeforeEach
    void open() {
        api = AwsApi.start();
        client = new ApiClient(api);
        engine = RdsEngine.create(client.clients());
        source = servers.dressed(RdsFlavour.MYSQL_8_0, options -> options.withoutBinaryLog());
        replica = source; // only its facts count here
        instance = api.region(ApiClient.REGION).instance("orders", source.server(), 0);
        api.region(ApiClient.REGION)
                .instance("orders-copy", replica.server().release().version(), 1);
    }

    @AfterEach
    void close() {
        engine.close();
        client.close();
        api.close();
        servers.close();
    }

    private StepDriver driver(Plan plan) {
        return new StepDriver(engine, plan, Servers.session(source), Servers.session(replica), null);
    }

    private ReplicationPlan plan() {
        return ReplicationPlan.from(servers.endpoint("orders", source))
                .to(servers.endpoint("orders-copy", replica))
                .allowBackupRetentionChange();
    }

    @Test
    void anAddressIsLookedUp() {
        assertThat(engine.locate(servers.named("orders", source)))
                .isEqualTo(new ServerAddress("127.0.0.1", source.server().port()));
        assertThatThrownBy(() -> engine.locate(servers.named("invoices", source)))
                .isInstanceOf(StepRefusedException.class)
                .hasMessageContainingAll("AWS-104", "invoices", "DBInstance invoices not found");
    }

    @Test
    void theBinlogIsSwitchedOnOnceAndWaitedFor() {
        try (StepDriver steps = driver(plan())) {
            assertThat(steps.look(ENABLE_BINLOG)).isInstanceOf(Look.Missing.class);
            steps.doMissing(ENABLE_BINLOG);
            // The status still reads available, and the value is pending: nothing may be ordered twice.
            steps.doMissing(ENABLE_BINLOG);
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptionsInstanceOf(StepException.class)
                    .until(() -> done(plan()));
        }
        assertThat(api.modifications())
                .singleElement()
                .satisfies(call -> assertThat(call.parameters())
                        .isEqualTo(Map.of(
                                "DBInstanceIdentifier", "orders",
                                "BackupRetentionPeriod", "1",
                                "ApplyImmediately", "true")));
        assertThat(instance.backupRetention()).isEqualTo(1);
    }

    /** With a session of its own each time: the restart breaks those that are open. */
    private boolean done(ReplicationPlan plan) {
        try (StepDriver steps = driver(plan)) {
            return steps.look(ENABLE_BINLOG) instanceof Look.Done;
        }
    }

    @Test
    void aLostAnswerIsOfUnknownOutcomeAndALookTellsThatItWasDone() {
        api.failOnce("ModifyDBInstance", ApiFault.LOST_ANSWER);
        try (StepDriver steps = driver(plan())) {
            assertThatThrownBy(() -> steps.doMissing(ENABLE_BINLOG)).isInstanceOf(StepOutcomeUnknownException.class);

            assertThat(steps.look(ENABLE_BINLOG))
                    .isInstanceOfSatisfying(
                            Look.Missing.class,
                            missing -> assertThat(missing.operationIds()).containsExactly("wait-for-binlog"));
        }
        assertThat(api.modifications()).hasSize(1);
    }

    @Test
    void whatAwsRefusesIsToldApartFromWhatMayPass() {
        try (StepDriver steps = driver(plan())) {
            api.failOnce("ModifyDBInstance", ApiFault.THROTTLED);
            assertThatThrownBy(() -> steps.doMissing(ENABLE_BINLOG))
                    .isInstanceOf(StepUnavailableException.class)
                    .hasMessageContaining("Rate exceeded");
            api.failOnce("ModifyDBInstance", ApiFault.DENIED);
            assertThatThrownBy(() -> steps.doMissing(ENABLE_BINLOG))
                    .isInstanceOf(StepRefusedException.class)
                    .hasMessageContaining("AWS-103");
            api.failOnce("DescribeDBInstances", ApiFault.INTERNAL_FAILURE);
            assertThatThrownBy(() -> steps.look(ENABLE_BINLOG)).isInstanceOf(StepUnavailableException.class);
        }
    }

    @Test
    void aStateThatDoesNotPassEndsTheWaiting() {
        try (StepDriver steps = driver(plan())) {
            instance.status("modifying");
            assertThat(steps.look(ENABLE_BINLOG)).isInstanceOf(Look.Missing.class);

            instance.status("storage-full");

            assertThatThrownBy(() -> steps.look(ENABLE_BINLOG))
                    .isInstanceOf(StepRefusedException.class)
                    .hasMessageContainingAll("AWS-111", "storage-full");
        }
    }

    @Test
    void aStateThatDoesNotPassIsToldBeforeAnythingIsPlanned() {
        RdsMySql endpoint = servers.endpoint("orders", source);
        ServerAddress address = endpoint.address().orElseThrow();
        instance.status("storage-full");
        try (MySqlSession session = Servers.session(source)) {
            assertThatThrownBy(() -> engine.facts(endpoint, address, session))
                    .isInstanceOf(StepRefusedException.class)
                    .hasMessageContainingAll("AWS-111", "storage-full");
        }
    }

    @Test
    void theBinlogIsSwitchedOffWithTheBackups() {
        DressedServer logging = servers.dressed(RdsFlavour.MYSQL_8_0);
        api.region(ApiClient.REGION).instance("logging", logging.server(), 7);
        EndPlan end = EndPlan.of(servers.endpoint("orders-copy", replica))
                .source(servers.endpoint("logging", logging))
                .disableBinlog()
                .allow(Consent.BACKUP_RETENTION_CHANGE);
        try (StepDriver steps = new StepDriver(engine, end, Servers.session(logging), Servers.session(replica), null)) {
            steps.doMissing(DISABLE_BINLOG);
        }
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(StepException.class)
                .until(() -> {
                    try (StepDriver steps =
                            new StepDriver(engine, end, Servers.session(logging), Servers.session(replica), null)) {
                        return steps.look(DISABLE_BINLOG) instanceof Look.Done;
                    }
                });
        assertThat(api.modifications()).hasSize(1);
    }

    @Test
    void withoutClientsTheServerAloneShowsThatAPersonDidIt() {
        try (RdsEngine alone = RdsEngine.create();
                StepDriver steps =
                        new StepDriver(alone, plan(), Servers.session(source), Servers.session(replica), null)) {
            assertThat(alone.controlPlane()).isEmpty();
            assertThat(steps.look(ENABLE_BINLOG))
                    .isInstanceOfSatisfying(
                            Look.Missing.class,
                            missing -> assertThat(missing.operationIds())
                                    .containsExactly("keep-automated-backups", "wait-for-binlog"));
        }
        source.server().restart(options -> options.withBinaryLog());
        try (RdsEngine alone = RdsEngine.create();
                StepDriver steps =
                        new StepDriver(alone, plan(), Servers.session(source), Servers.session(replica), null)) {
            assertThat(steps.look(ENABLE_BINLOG)).isInstanceOf(Look.Done.class);
        }
        assertThat(api.calls()).isEmpty();
    }
}
