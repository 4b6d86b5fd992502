// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.PendingAction;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.mysql.ConnectionRequest;
import dev.sluice.testing.aws.ApiRegion;
import dev.sluice.testing.aws.AwsApi;
import dev.sluice.testing.load.Shop;
import dev.sluice.testing.load.Writers;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.RdsFlavour;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.ServerOptions;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A replica that a person creates, since Sluice has no credentials for AWS, while applications write on the source. */
@Tag("long")
@Timeout(300)
class NewInstanceByHandIT {
    private static final String REST = ".c9akciq32rgh.eu-west-1.rds.amazonaws.com";
    private static final String COPY = "orders-copy";

    private final Servers servers = new Servers();
    private final Map<String, MySqlServer> names = new ConcurrentHashMap<>();
    private final AwsApi api = AwsApi.builder().stage(Duration.ofMillis(50)).start();
    private final ApiClient client = new ApiClient(api);
    private final ApiRegion region = api.region(ApiClient.REGION);
    private final Sluice sluice = Sluice.builder()
            .journal(Journal.inMemory())
            .engines(RdsEngine.create())
            .secrets(SecretResolver.withNamed(servers::password))
            .connectionSource("lab", this::connect)
            .build();
    private DressedServer source;

    @AfterEach
    void close() {
        sluice.close();
        client.close();
        api.close();
        servers.close();
    }

    /** What AWS's DNS would do, for the servers of this test. */
    private Connection connect(ConnectionRequest request) throws SQLException {
        MySqlServer server = names.get(request.address().host());
        if (server == null) {
            throw new SQLException(
                    "Communications link failure",
                    "08S01",
                    new UnknownHostException(request.address().host()));
        }
        Properties properties = new Properties();
        properties.putAll(request.properties());
        properties.setProperty("user", request.user());
        properties.setProperty("password", source.adminPassword());
        return DriverManager.getConnection("jdbc:mysql://" + server.host() + ":" + server.port() + "/", properties);
    }

    private void open(boolean gtid) {
        source = servers.dressed(RdsFlavour.MYSQL_8_0, gtid ? ServerOptions::gtid : options -> options);
        region.instance("orders", source.server(), 7);
        names.put("orders" + REST, source.server());
        Shop.open(source.server());
    }

    private ReplicationPlan plan() {
        return ReplicationPlan.from(servers.named("orders", source)
                        .at("orders" + REST, 3306)
                        .connectingThrough("lab")
                        .reachableByReplicaAt(
                                source.server().host(), source.server().port()))
                .to(RdsMySql.newInstance(COPY)
                        .region(ApiClient.REGION)
                        .credentials(source.adminUser(), Secret.named("orders"))
                        .at(COPY + REST, 3306)
                        .connectingThrough("lab")
                        .automatedBackups(3))
                .replicationUserHost("%")
                .retainBinlogs(Duration.ofHours(24))
                .allowPlainText()
                .seedWith(RdsSeed.DB_SNAPSHOT);
    }

    private static PendingAction isAskedFor(ReplicationRun run, String operation, String command) {
        await().atMost(Duration.ofSeconds(90))
                .until(() -> run.status().state().isFinal()
                        || run.pendingActions().stream()
                                .anyMatch(action -> action.id().endsWith("/" + operation)));
        assertThat(run.pendingActions()).singleElement().satisfies(action -> {
            assertThat(action.id()).endsWith("/" + operation);
            assertThat(action.instructions()).singleElement().asString().startsWith(command);
        });
        return run.pendingActions().get(0);
    }

    private void awaitInstance(String id) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> client.raw()
                        .describeDBInstances(request -> request.dbInstanceIdentifier(id))
                        .dbInstances()
                        .get(0)
                        .dbInstanceStatus()
                        .equals("available"));
    }

    /** Of whom nothing has to be said: its name has the run's id, and it shows itself where it stands. */
    private void makesReadReplica(ReplicationRun run, String id) {
        isAskedFor(
                run,
                "create-read-replica",
                "aws rds create-db-instance-read-replica --region eu-west-1 --db-instance-identifier " + id);
        client.raw()
                .createDBInstanceReadReplica(
                        request -> request.dbInstanceIdentifier(id).sourceDBInstanceIdentifier("orders"));
        awaitInstance(id);
        names.put(id + REST, region.findInstance(id).orElseThrow().server());
    }

    private void takesSnapshot(ReplicationRun run, String id) {
        PendingAction taking = isAskedFor(
                run,
                "create-db-snapshot",
                "aws rds create-db-snapshot --region eu-west-1 --db-instance-identifier " + id);
        client.raw()
                .createDBSnapshot(request -> request.dbSnapshotIdentifier(id).dbInstanceIdentifier(id));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> client.raw()
                        .describeDBSnapshots(request -> request.dbSnapshotIdentifier(id))
                        .dbSnapshots()
                        .get(0)
                        .status()
                        .equals("available"));
        run.confirm(taking.id(), "ada");
    }

    private void restores(ReplicationRun run, String snapshot) {
        PendingAction creation = isAskedFor(
                run,
                "create-instance",
                "aws rds restore-db-instance-from-db-snapshot --region eu-west-1 --db-instance-identifier " + COPY
                        + " --db-snapshot-identifier " + snapshot);
        client.raw()
                .restoreDBInstanceFromDBSnapshot(
                        request -> request.dbInstanceIdentifier(COPY).dbSnapshotIdentifier(snapshot));
        awaitInstance(COPY);
        run.confirm(creation.id(), "ada");
        PendingAction backups = isAskedFor(
                run, "keep-backups", "aws rds modify-db-instance --region eu-west-1 --db-instance-identifier " + COPY);
        client.raw()
                .modifyDBInstance(request -> request.dbInstanceIdentifier(COPY)
                        .backupRetentionPeriod(3)
                        .applyImmediately(true));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> region.findInstance(COPY).orElseThrow().backupRetention() == 3);
        awaitInstance(COPY);
        names.put(COPY + REST, region.findInstance(COPY).orElseThrow().server());
        run.confirm(backups.id(), "ada");
    }

    /** Both are asked for at once, when the replica is there. */
    private static void removes(ReplicationRun run) {
        await().atMost(Duration.ofSeconds(90))
                .until(() ->
                        run.status().state().isFinal() || run.pendingActions().size() == 2);
        assertThat(run.pendingActions())
                .anySatisfy(action ->
                        assertThat(action.instructions().get(0)).startsWith("aws rds delete-db-snapshot --region"))
                .anySatisfy(action ->
                        assertThat(action.instructions().get(0)).startsWith("aws rds delete-db-instance --region"));
        run.pendingActions().forEach(action -> run.confirm(action.id(), "ada"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSnapshotThatAPersonTakesAndRestoresBecomesTheReplica(boolean gtid) throws Exception {
        open(gtid);
        ReplicationPlan plan = gtid ? plan().withGtid() : plan().withBinlogPosition();
        try (Writers writers = Shop.sells(source.server())) {
            ReplicationRun run = sluice.start(sluice.compile(plan));
            String temporary = "sluice-" + run.id();
            makesReadReplica(run, temporary);
            takesSnapshot(run, temporary);
            restores(run, temporary);
            removes(run);
            RunResult result = run.await();

            assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(result.lockHeld()).isZero();
            assertThat(result.rowsCopied()).isZero();
            assertThat(result.left()).isEmpty();
            assertThat(result.verification())
                    .hasValueSatisfying(report -> assertThat(report.isClean()).isTrue());
            assertThat(sluice.start(sluice.compile(plan)).await().state()).isEqualTo(RunState.SUCCEEDED);
            writers.close();
            MySqlServer replica = region.findInstance(COPY).orElseThrow().server();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Shop.stock(replica).equals(Shop.stock(source.server())));
        }
        assertThat(api.breakdowns()).isEmpty();
    }
}
