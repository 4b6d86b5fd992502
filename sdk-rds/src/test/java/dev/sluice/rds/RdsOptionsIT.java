// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.error.SluiceException;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.secret.SecretResolver;
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

/** What plans can ask of replicas beyond what all plans do, between servers dressed as RDS. */
@Tag("long")
@Timeout(300)
class RdsOptionsIT {
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

    private ReplicationPlan plan(DressedServer source, DressedServer replica, RdsOption... options) {
        return ReplicationPlan.from(servers.endpoint("orders", source))
                .to(servers.endpoint("orders-copy", replica), options)
                .replicationUserHost("%");
    }

    private static void fill(DressedServer source) {
        source.server()
                .execute(
                        "CREATE DATABASE shop",
                        "CREATE DATABASE other",
                        "CREATE TABLE other.thing (id INT PRIMARY KEY)",
                        "CREATE TABLE shop.item (id INT PRIMARY KEY, name VARCHAR(50))",
                        "INSERT INTO shop.item VALUES (1, 'a'), (2, 'b'), (3, NULL)");
    }

    private static String value(DressedServer server, String query) {
        return String.valueOf(server.server().query(query).get(0).get(0));
    }

    private static void arrives(DressedServer replica, String rows) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> value(replica, "SELECT COUNT(*) FROM shop.item").equals(rows));
    }

    private static RunResult run(Sluice sluice, ReplicationPlan plan) throws InterruptedException {
        RunResult result = sluice.start(sluice.compile(plan)).await();
        assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
        return result;
    }

    /** The source changes what the replica has otherwise. */
    private static void getStuck(DressedServer source, DressedServer replica) {
        replica.server().execute("SET SESSION sql_log_bin = 0", "INSERT INTO shop.item VALUES (4, 'local')");
        source.server()
                .execute("INSERT INTO shop.item VALUES (4, 'late')", "INSERT INTO shop.item VALUES (5, 'later')");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> value(
                                replica,
                                "SELECT COUNT(*) FROM performance_schema.replication_applier_status_by_worker"
                                        + " WHERE LAST_ERROR_NUMBER <> 0")
                        .equals("1"));
    }

    @Test
    void anErrorIsSkippedByItsPlaceWithConsentOnly() throws InterruptedException {
        DressedServer source = servers.dressed(RdsFlavour.MYSQL_8_0);
        DressedServer replica = servers.dressed(RdsFlavour.MYSQL_8_0);
        fill(source);
        try (RdsEngine engine = RdsEngine.create();
                Sluice sluice = sluice(engine)) {
            run(sluice, plan(source, replica));
            getStuck(source, replica);
            ReplicationPlan repair =
                    plan(source, replica, RdsOption.skippingError()).until(GuideStep.ENABLE_REPLICATION);

            assertThat(catchThrowableOfType(SluiceException.class, () -> sluice.compile(repair))
                            .problems())
                    .anyMatch(problem -> problem.remedy().contains("allowSkippedChanges()"));
            run(sluice, repair.allowSkippedChanges());

            arrives(replica, "5");
            assertThat(value(replica, "SELECT name FROM shop.item WHERE id = 4"))
                    .isEqualTo("local");
            assertThat(run(sluice, repair.allowSkippedChanges()).changedSomething())
                    .isFalse();
        }
    }

    @Test
    void aTransactionIsSkippedByItsGtid() throws InterruptedException {
        DressedServer source = servers.dressed(RdsFlavour.MYSQL_8_0, options -> options.gtid());
        DressedServer replica = servers.dressed(RdsFlavour.MYSQL_8_0, options -> options.gtid());
        fill(source);
        try (RdsEngine engine = RdsEngine.create();
                Sluice sluice = sluice(engine)) {
            run(sluice, plan(source, replica).withGtid());
            getStuck(source, replica);
            String executed = value(source, "SELECT @@GLOBAL.gtid_executed");
            long last = Long.parseLong(executed.substring(executed.lastIndexOf('-') + 1));
            String stuck = value(source, "SELECT @@GLOBAL.server_uuid") + ":" + (last - 1);
            ReplicationPlan repair = plan(source, replica, RdsOption.skippingTransaction(stuck))
                    .withGtid()
                    .until(GuideStep.ENABLE_REPLICATION)
                    .allowSkippedChanges();

            run(sluice, repair);

            arrives(replica, "5");
            assertThat(value(replica, "SELECT name FROM shop.item WHERE id = 4"))
                    .isEqualTo("local");
        }
    }

    @Test
    void manyIntervalsOfGtidsAreTakenOver() throws InterruptedException {
        DressedServer source = servers.dressed(RdsFlavour.MYSQL_8_0, options -> options.gtid());
        DressedServer replica = servers.dressed(RdsFlavour.MYSQL_8_0, options -> options.gtid());
        fill(source);
        for (int i = 2; i <= 12; i += 2) {
            source.server()
                    .execute(
                            "SET SESSION GTID_NEXT = '3e11fa47-71ca-11e1-9e33-c80aa9429562:" + i + "'",
                            "INSERT INTO other.thing VALUES (" + i + ")",
                            "SET SESSION GTID_NEXT = 'AUTOMATIC'");
        }
        try (RdsEngine engine = RdsEngine.create();
                Sluice sluice = sluice(engine)) {
            run(sluice, plan(source, replica).withGtid());
        }
        source.server().execute("INSERT INTO shop.item VALUES (4, 'late')");
        arrives(replica, "4");
        assertThat(value(
                        replica,
                        "SELECT GTID_SUBSET('" + value(source, "SELECT @@GLOBAL.gtid_executed")
                                + "', @@GLOBAL.gtid_executed)"))
                .isEqualTo("1");
    }

    @Test
    void aDelayAndAPointWhereItStops() throws InterruptedException {
        DressedServer source = servers.dressed(RdsFlavour.MYSQL_8_0);
        DressedServer replica =
                servers.dressed(RdsFlavour.MYSQL_8_0, options -> options.setting("replica_parallel_workers", "1"));
        fill(source);
        try (RdsEngine engine = RdsEngine.create();
                Sluice sluice = sluice(engine)) {
            Secret password = Secret.named("orders");
            run(
                    sluice,
                    plan(source, replica)
                            .replicationUser("sluice_repl", password)
                            .until(GuideStep.LOAD));
            List<?> here = source.server().query("SHOW MASTER STATUS").get(0);
            source.server().execute("INSERT INTO shop.item VALUES (4, 'late')");
            List<?> point = source.server().query("SHOW MASTER STATUS").get(0);
            source.server().execute("INSERT INTO shop.item VALUES (5, 'too late')");
            ReplicationPlan until = plan(
                            source,
                            replica,
                            RdsOption.untilPosition(new BinlogPosition(
                                    String.valueOf(point.get(0)), Long.parseLong(String.valueOf(point.get(1))))),
                            RdsOption.delayedBy(Duration.ofSeconds(1)))
                    .startingFrom(new dev.sluice.api.coordinates.Coordinates(
                            value(source, "SELECT @@GLOBAL.server_uuid"),
                            "",
                            new BinlogPosition(
                                    String.valueOf(here.get(0)), Long.parseLong(String.valueOf(here.get(1)))),
                            null,
                            java.time.Instant.now(),
                            "test"))
                    .replicationUser("sluice_repl", password)
                    .until(GuideStep.ENABLE_REPLICATION);

            run(sluice, until);
        }
        arrives(replica, "4");
        assertThat(value(replica, "SELECT DESIRED_DELAY FROM performance_schema.replication_applier_configuration"))
                .isEqualTo("1");
    }

    @Test
    void aScopeIsFilteredByTheInstanceGroup() throws InterruptedException {
        DressedServer source = servers.dressed(RdsFlavour.MYSQL_8_0);
        DressedServer replica = servers.dressed(RdsFlavour.MYSQL_8_0);
        fill(source);
        try (AwsApi api = AwsApi.start();
                ApiClient client = new ApiClient(api);
                RdsEngine engine = RdsEngine.create(client.clients());
                Sluice sluice = sluice(engine)) {
            api.region(ApiClient.REGION).instance("orders", source.server(), 1);
            api.region(ApiClient.REGION).instance("orders-copy", replica.server(), 1);
            ReplicationPlan plan = plan(source, replica).databases("shop");

            run(sluice, plan);

            source.server().execute("INSERT INTO other.thing VALUES (1)", "INSERT INTO shop.item VALUES (4, 'late')");
            source.beat();
            arrives(replica, "4");
            assertThat(run(sluice, plan).changedSomething()).isFalse();
            assertThat(api.modifications()).hasSize(3);
        }
        assertThat(replica.server().query("SHOW DATABASES LIKE 'other'")).isEmpty();
    }
}
