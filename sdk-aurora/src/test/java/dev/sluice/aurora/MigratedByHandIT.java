// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.endpoint.ServerAddress;
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
import dev.sluice.rds.RdsEngine;
import dev.sluice.rds.RdsMySql;
import dev.sluice.rds.RdsSeed;
import dev.sluice.testing.aws.ApiRegion;
import dev.sluice.testing.aws.AwsApi;
import dev.sluice.testing.aws.ServerCare;
import dev.sluice.testing.load.Shop;
import dev.sluice.testing.load.Writers;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.RdsDressing;
import dev.sluice.testing.rds.RdsFlavour;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.Parameter;

/** An instance of RDS for MySQL becomes a cluster of Aurora by a person's hand, while applications write on the instance. */
@Tag("long")
@Timeout(300)
class MigratedByHandIT {
    private static final String REST = ".c9akciq32rgh.eu-west-1.rds.amazonaws.com";
    private static final String COPY = "orders-copy";
    private static final String HOST = COPY + ".cluster-c9akciq32rgh.eu-west-1.rds.amazonaws.com";
    private static final String GROUP = "orders-aurora";

    private final Servers servers = new Servers();
    private final Map<String, ServerAddress> names = new ConcurrentHashMap<>();
    private final List<DressedServer> copies = new CopyOnWriteArrayList<>();
    private final Loan loan = SharedServers.ofThisJvm().borrow(MySqlRelease.MYSQL_8_0_31, options -> options);
    private final DressedServer source = RdsDressing.as(RdsFlavour.MYSQL_8_0).dress(loan.server());
    private final AwsApi api = AwsApi.builder()
            .stage(Duration.ofMillis(50))
            .care(new ServerCare() {
                @Override
                public Optional<ServerAddress> started(String id, MySqlServer server) {
                    return id.equals(COPY) ? Optional.of(migrated(server)) : Optional.empty();
                }
            })
            .start();
    private final ApiClient client = new ApiClient(api);
    private final ApiRegion region = api.region(ApiClient.REGION);
    private final Sluice sluice = Sluice.builder()
            .journal(Journal.inMemory())
            .engines(AuroraEngine.create(), RdsEngine.create())
            .secrets(SecretResolver.withNamed(servers::password))
            .connectionSource("lab", this::connect)
            .build();

    @AfterEach
    void close() {
        sluice.close();
        copies.forEach(DressedServer::close);
        client.close();
        api.close();
        loan.close();
        servers.close();
    }

    private ServerAddress migrated(MySqlServer server) {
        DressedServer copy = RdsDressing.as(RdsFlavour.AURORA_3).behindFront().migrate(source, server);
        copies.add(copy);
        return new ServerAddress(copy.host(), copy.port());
    }

    /** What AWS's DNS would do. */
    private Connection connect(ConnectionRequest request) throws SQLException {
        ServerAddress server = names.get(request.address().host());
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

    private static ServerAddress at(MySqlServer server) {
        return new ServerAddress(server.host(), server.port());
    }

    private ReplicationPlan plan() {
        servers.secret("orders", source.adminPassword());
        return ReplicationPlan.from(RdsMySql.instance("orders")
                        .region(ApiClient.REGION)
                        .credentials(source.adminUser(), Secret.named("orders"))
                        .at("orders" + REST, 3306)
                        .connectingThrough("lab")
                        .reachableByReplicaAt(
                                loan.server().host(), loan.server().port()))
                .to(AuroraMySql.newCluster(COPY)
                        .region(ApiClient.REGION)
                        .credentials(source.adminUser(), Secret.named("orders"))
                        .parameterGroup(GROUP)
                        .at(HOST, 3306)
                        .connectingThrough("lab"))
                .replicationUserHost("%")
                .retainBinlogs(Duration.ofHours(24))
                .allowPlainText()
                .seedWith(RdsSeed.DB_SNAPSHOT);
    }

    private void awaitInstance(RdsClient rds, String id) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> rds.describeDBInstances(request -> request.dbInstanceIdentifier(id))
                        .dbInstances()
                        .get(0)
                        .dbInstanceStatus()
                        .equals("available"));
    }

    private void createGroup(RdsClient rds) {
        rds.createDBClusterParameterGroup(request -> request.dbClusterParameterGroupName(GROUP)
                .dbParameterGroupFamily("aurora-mysql8.0")
                .description("with a binary log"));
        rds.modifyDBClusterParameterGroup(request -> request.dbClusterParameterGroupName(GROUP)
                .parameters(Parameter.builder()
                        .parameterName("binlog_format")
                        .parameterValue("ROW")
                        .applyMethod("pending-reboot")
                        .build()));
    }

    private void takesSnapshot(RdsClient rds, Person ada, String temporary) {
        ada.isAskedFor("create-read-replica", "aws rds create-db-instance-read-replica --region eu-west-1");
        rds.createDBInstanceReadReplica(
                request -> request.dbInstanceIdentifier(temporary).sourceDBInstanceIdentifier("orders"));
        awaitInstance(rds, temporary);
        names.put(
                temporary + REST,
                at(region.findInstance(temporary).orElseThrow().server()));
        PendingAction taking = ada.isAskedFor(
                "create-db-snapshot",
                "aws rds create-db-snapshot --region eu-west-1 --db-instance-identifier " + temporary);
        rds.createDBSnapshot(request -> request.dbSnapshotIdentifier(temporary).dbInstanceIdentifier(temporary));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> rds.describeDBSnapshots(request -> request.dbSnapshotIdentifier(temporary))
                        .dbSnapshots()
                        .get(0)
                        .status()
                        .equals("available"));
        ada.confirms(taking);
    }

    private void migrates(RdsClient rds, Person ada, String temporary) {
        PendingAction creation = ada.isAskedFor(
                "create-cluster",
                "aws rds restore-db-cluster-from-snapshot --region eu-west-1 --db-cluster-identifier " + COPY);
        String arn = rds.describeDBSnapshots(request -> request.dbSnapshotIdentifier(temporary))
                .dbSnapshots()
                .get(0)
                .dbSnapshotArn();
        rds.restoreDBClusterFromSnapshot(request -> request.dbClusterIdentifier(COPY)
                .snapshotIdentifier(arn)
                .engine("aurora-mysql")
                .dbClusterParameterGroupName(GROUP));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> rds.describeDBClusters(request -> request.dbClusterIdentifier(COPY))
                        .dbClusters()
                        .get(0)
                        .status()
                        .equals("available"));
        ada.confirms(creation);
        PendingAction writer = ada.isAskedFor(
                "create-writer",
                "aws rds create-db-instance --region eu-west-1 --db-instance-identifier " + COPY + "-instance-1");
        rds.createDBInstance(request -> request.dbInstanceIdentifier(COPY + "-instance-1")
                .dbClusterIdentifier(COPY)
                .engine("aurora-mysql")
                .dbInstanceClass("db.r6g.large"));
        awaitInstance(rds, COPY + "-instance-1");
        names.put(HOST, new ServerAddress(copies.get(0).host(), copies.get(0).port()));
        ada.confirms(writer);
    }

    @Test
    void aSnapshotThatAPersonTakesBecomesACluster() throws Exception {
        region.instance("orders", loan.server(), 7);
        names.put("orders" + REST, at(loan.server()));
        createGroup(client.raw());
        Shop.open(loan.server());
        try (Writers writers = Shop.sells(loan.server())) {
            ReplicationRun run = sluice.start(sluice.compile(plan()));
            Person ada = new Person(run);
            String temporary = "sluice-" + run.id();
            takesSnapshot(client.raw(), ada, temporary);
            migrates(client.raw(), ada, temporary);
            ada.confirmsAll("delete-db-snapshot", "delete-read-replica");
            RunResult result = run.await();

            assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(result.left()).isEmpty();
            assertThat(result.rowsCopied()).isZero();
            assertThat(result.verification())
                    .hasValueSatisfying(report -> assertThat(report.isClean()).isTrue());
            writers.close();
            MySqlServer replica = region.findCluster(COPY).orElseThrow().server();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Shop.stock(replica).equals(Shop.stock(loan.server())));
        }
        assertThat(api.breakdowns()).isEmpty();
    }
}
