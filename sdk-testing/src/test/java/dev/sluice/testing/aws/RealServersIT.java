// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.ServerOptions;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.Event;
import software.amazon.awssdk.services.rds.model.Parameter;
import software.amazon.awssdk.services.rds.model.SourceType;

/** What the API's calls do to real servers. */
@Timeout(240)
@Tag("long")
class RealServersIT {
    private static final String POSITION = "Binlog position from crash recovery is ";

    private final List<String> careTaken = new CopyOnWriteArrayList<>();
    private final List<Loan> loans = new ArrayList<>();
    private AwsApi api;
    private ApiRegion region;
    private ApiClients clients;
    private RdsClient rds;

    /** Writes down what it is told of. */
    private record Care(List<String> taken) implements ServerCare {
        @Override
        public Optional<ServerAddress> started(String id, MySqlServer server) {
            taken.add("started " + id);
            return Optional.of(new ServerAddress("localhost", server.port()));
        }

        @Override
        public void becameReplica(MySqlServer server) {
            taken.add("replica");
        }

        @Override
        public void wasPromoted(MySqlServer server) {
            taken.add("promoted");
        }
    }

    @BeforeEach
    void open() {
        api = AwsApi.builder()
                .stage(Duration.ofMillis(50))
                .care(new Care(careTaken))
                .machines(order -> Machine.owning(MySqlServer.start(MySqlRelease.MYSQL_8_0_31)))
                .start();
        region = api.region(ApiClients.REGION);
        clients = new ApiClients(api);
        rds = clients.rds();
    }

    @AfterEach
    void close() {
        List<RuntimeException> breakdowns = api.breakdowns();
        clients.close();
        api.close();
        loans.forEach(Loan::close);
        assertThat(breakdowns).isEmpty();
    }

    private MySqlServer server(MySqlRelease release, UnaryOperator<ServerOptions> options) {
        Loan loan = SharedServers.ofThisJvm().borrow(release, options);
        loans.add(loan);
        return loan.server();
    }

    private static String value(MySqlServer server, String expression) {
        return String.valueOf(server.query("SELECT " + expression).get(0).get(0));
    }

    private void awaitInstance(String id) {
        await().atMost(Duration.ofSeconds(90))
                .until(() -> rds.describeDBInstances(ask -> ask.dbInstanceIdentifier(id))
                        .dbInstances()
                        .get(0)
                        .dbInstanceStatus()
                        .equals("available"));
    }

    private void awaitCluster(String id) {
        await().atMost(Duration.ofSeconds(90))
                .until(() -> rds.describeDBClusters(ask -> ask.dbClusterIdentifier(id))
                        .dbClusters()
                        .get(0)
                        .status()
                        .equals("available"));
    }

    private static Parameter later(String name, String value) {
        return ApiTest.set(name, value, "pending-reboot");
    }

    /** A cluster that logs, by the way that AWS prescribes. */
    private MySqlServer loggingCluster(MySqlRelease release, String version, Parameter... more) {
        MySqlServer server = server(
                release,
                options -> options.setting("log_bin", "mysql-bin-changelog").withoutBinaryLog());
        region.cluster("shop", version, server);
        rds.createDBClusterParameterGroup(ask -> ask.dbClusterParameterGroupName("logs")
                .dbParameterGroupFamily("aurora-mysql" + version.substring(0, 3))
                .description("logs"));
        List<Parameter> parameters = new ArrayList<>(List.of(more));
        parameters.add(later("binlog_format", "ROW"));
        rds.modifyDBClusterParameterGroup(
                ask -> ask.dbClusterParameterGroupName("logs").parameters(parameters));
        rds.modifyDBCluster(ask -> ask.dbClusterIdentifier("shop").dbClusterParameterGroupName("logs"));
        awaitSettled();
        assertThat(value(server, "@@log_bin")).isEqualTo("0");
        rebootWriter();
        return server;
    }

    private void awaitSettled() {
        await().atMost(Duration.ofSeconds(30)).until(() -> !memberStatus().equals("applying"));
    }

    private String memberStatus() {
        return rds.describeDBClusters(ask -> ask.dbClusterIdentifier("shop"))
                .dbClusters()
                .get(0)
                .dbClusterMembers()
                .get(0)
                .dbClusterParameterGroupStatus();
    }

    private void rebootWriter() {
        awaitInstance("shop-1");
        rds.rebootDBInstance(ask -> ask.dbInstanceIdentifier("shop-1"));
        awaitInstance("shop-1");
    }

    @Test
    void aRebootBringsStaticParametersToTheServer() {
        MySqlServer server = loggingCluster(
                MySqlRelease.MYSQL_8_0_31,
                "8.0.mysql_aurora.3.08.0",
                later("gtid-mode", "ON"),
                later("enforce_gtid_consistency", "ON"));

        assertThat(value(server, "CONCAT_WS(' ', @@log_bin, @@binlog_format, @@gtid_mode, @@enforce_gtid_consistency)"))
                .isEqualTo("1 ROW ON ON");
        assertThat(value(server, "@@log_bin_basename")).endsWith("mysql-bin-changelog");
        assertThat(memberStatus()).isEqualTo("in-sync");

        rds.modifyDBClusterParameterGroup(
                ask -> ask.dbClusterParameterGroupName("logs").parameters(later("binlog_format", "OFF")));
        assertThat(memberStatus()).isEqualTo("pending-reboot");
        assertThat(value(server, "@@log_bin")).isEqualTo("1");
        rebootWriter();
        assertThat(value(server, "@@log_bin")).isEqualTo("0");
    }

    @ParameterizedTest
    @EnumSource(
            value = MySqlRelease.class,
            names = {"MYSQL_5_7", "MYSQL_8_0_31"})
    void theNewWriterTellsWhereTheSnapshotStandsInTheOriginalsLog(MySqlRelease release) {
        boolean old = release == MySqlRelease.MYSQL_5_7;
        MySqlServer original = loggingCluster(release, old ? "5.7.mysql_aurora.2.12.5" : "8.0.mysql_aurora.3.08.0");
        MySqlServer copy;
        try (Busy application = new Busy(original)) {
            await().until(() -> application.written() > 500);
            rds.createDBClusterSnapshot(ask -> ask.dbClusterIdentifier("shop").dbClusterSnapshotIdentifier("before"));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> rds.describeDBClusterSnapshots(ask -> ask.dbClusterSnapshotIdentifier("before"))
                            .dbClusterSnapshots()
                            .get(0)
                            .status()
                            .equals("available"));
            copy = restored("before");
        }
        assertThat(Busy.rows(copy)).isNotEqualTo(Busy.rows(original));

        String[] position = position("shop-copy-1").substring(POSITION.length()).split(" ");
        assertThat(position[0]).matches("mysql-bin-changelog\\.[0-9]{6}");
        follow(copy, original, old, position);

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(Busy.rows(copy)).isEqualTo(Busy.rows(original)));
    }

    private MySqlServer restored(String snapshot) {
        rds.restoreDBClusterFromSnapshot(ask -> ask.dbClusterIdentifier("shop-copy")
                .snapshotIdentifier(snapshot)
                .engine("aurora-mysql")
                .dbClusterParameterGroupName("logs"));
        awaitCluster("shop-copy");
        rds.createDBInstance(ask -> ask.dbInstanceIdentifier("shop-copy-1")
                .dbClusterIdentifier("shop-copy")
                .engine("aurora-mysql")
                .dbInstanceClass("db.r6g.large"));
        awaitInstance("shop-copy-1");
        return region.findCluster("shop-copy").orElseThrow().server();
    }

    private String position(String instance) {
        Event event = rds
                .describeEvents(ask -> ask.sourceIdentifier(instance).sourceType(SourceType.DB_INSTANCE))
                .events()
                .stream()
                .filter(one -> one.message().startsWith(POSITION))
                .findFirst()
                .orElseThrow();
        assertThat(event.eventCategories()).isEmpty();
        return event.message();
    }

    /** With nothing but the position: a row too many breaks it, a row too few shows in the end. */
    private static void follow(MySqlServer copy, MySqlServer original, boolean old, String[] position) {
        original.execute(
                "CREATE USER repl@'%' IDENTIFIED " + (old ? "" : "WITH mysql_native_password ") + "BY 'Repl-1'",
                "GRANT REPLICATION SLAVE ON *.* TO repl@'%'");
        assertThat(value(copy, "@@server_uuid")).isNotEqualTo(value(original, "@@server_uuid"));
        copy.execute(
                "CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT=" + original.port()
                        + ", MASTER_USER='repl', MASTER_PASSWORD='Repl-1', MASTER_LOG_FILE='" + position[0]
                        + "', MASTER_LOG_POS=" + position[1],
                "START SLAVE");
    }

    @Test
    void aCloneWithoutALogTellsNoPosition() {
        MySqlServer original = loggingCluster(MySqlRelease.MYSQL_8_0_31, "8.0.mysql_aurora.3.08.0");
        original.execute("CREATE DATABASE bills");
        rds.restoreDBClusterToPointInTime(ask -> ask.dbClusterIdentifier("clone")
                .sourceDBClusterIdentifier("shop")
                .restoreType("copy-on-write")
                .useLatestRestorableTime(true));
        awaitCluster("clone");
        rds.createDBInstance(ask -> ask.dbInstanceIdentifier("clone-1")
                .dbClusterIdentifier("clone")
                .engine("aurora-mysql")
                .dbInstanceClass("db.r6g.large"));
        awaitInstance("clone-1");

        MySqlServer clone = region.findCluster("clone").orElseThrow().server();
        assertThat(clone.query("SHOW DATABASES LIKE 'bills'")).hasSize(1);
        assertThat(value(clone, "@@log_bin")).isEqualTo("0");
        assertThat(region.events().all()).noneMatch(event -> event.message().startsWith(POSITION));

        rds.deleteDBInstance(ask -> ask.dbInstanceIdentifier("clone-1"));
        await().until(() -> region.findInstance("clone-1").isEmpty());
        rds.deleteDBCluster(ask -> ask.dbClusterIdentifier("clone").skipFinalSnapshot(true));
        await().until(() -> region.findCluster("clone").isEmpty());
        assertThat(clone.isRunning()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = MySqlRelease.class,
            names = {"MYSQL_5_7", "MYSQL_8_0_31"})
    void aReadReplicaReallyFollowsAndHoldsStillForASnapshot(MySqlRelease release) {
        boolean old = release == MySqlRelease.MYSQL_5_7;
        MySqlServer source = server(release, options -> options.setting("log_bin", "mysql-bin-changelog"));
        region.instance("orders", source, 1);
        MySqlServer replica;
        try (Busy application = new Busy(source)) {
            await().until(() -> application.written() > 500);
            rds.createDBInstanceReadReplica(
                    ask -> ask.dbInstanceIdentifier("orders-2").sourceDBInstanceIdentifier("orders"));
            awaitInstance("orders-2");
            replica = region.findInstance("orders-2").orElseThrow().server();
        }
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(Busy.rows(replica)).isEqualTo(Busy.rows(source)));
        assertThat(value(replica, "CONCAT(@@log_bin, @@read_only)")).isEqualTo("01");
        assertThat(status("orders-2")).isEqualTo("replicating");

        replica.execute(old ? "STOP SLAVE" : "STOP REPLICA");
        assertThat(status("orders-2")).isEqualTo("stopped");
        rds.createDBSnapshot(ask -> ask.dbInstanceIdentifier("orders-2").dbSnapshotIdentifier("still"));
        awaitInstance("orders-2");
        rds.restoreDBInstanceFromDBSnapshot(
                ask -> ask.dbInstanceIdentifier("orders-3").dbSnapshotIdentifier("still"));
        awaitInstance("orders-3");
        MySqlServer restored = region.findInstance("orders-3").orElseThrow().server();
        assertThat(Busy.rows(restored)).isEqualTo(Busy.rows(source));
        assertThat(restored.query(old ? "SHOW SLAVE STATUS" : "SHOW REPLICA STATUS"))
                .isEmpty();

        rds.promoteReadReplica(ask -> ask.dbInstanceIdentifier("orders-2").backupRetentionPeriod(3));
        await().until(() -> region.findInstance("orders-2").orElseThrow().backupRetention() == 3);
        awaitInstance("orders-2");
        assertThat(value(replica, "CONCAT(@@log_bin, @@read_only)")).isEqualTo("10");
        assertThat(careTaken).containsExactly("replica", "started orders-2", "started orders-3", "promoted");
        assertThat(rds.describeDBInstances(ask -> ask.dbInstanceIdentifier("orders-2"))
                        .dbInstances()
                        .get(0)
                        .endpoint()
                        .address())
                .isEqualTo("localhost");
    }

    private String status(String id) {
        return rds.describeDBInstances(ask -> ask.dbInstanceIdentifier(id))
                .dbInstances()
                .get(0)
                .statusInfos()
                .get(0)
                .status();
    }

    @Test
    void aClusterReallyFollowsAnInstanceByGtidUntilItIsPromoted() {
        MySqlServer source = server(MySqlRelease.MYSQL_8_0_31, ServerOptions::gtid);
        ApiInstance instance = region.instance("orders", source, 1);
        MySqlServer replica;
        try (Busy application = new Busy(source)) {
            await().until(() -> application.written() > 500);
            rds.createDBCluster(ask ->
                    ask.dbClusterIdentifier("shop").engine("aurora-mysql").replicationSourceIdentifier(instance.arn()));
            awaitCluster("shop");
            rds.createDBInstance(ask -> ask.dbInstanceIdentifier("shop-1")
                    .dbClusterIdentifier("shop")
                    .engine("aurora-mysql")
                    .dbInstanceClass("db.r6g.large"));
            awaitInstance("shop-1");
            replica = region.findInstance("shop-1").orElseThrow().server();
        }
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(Busy.rows(replica)).isEqualTo(Busy.rows(source)));
        assertThat(replica.query(
                        "SELECT AUTO_POSITION, USER" + " FROM performance_schema.replication_connection_configuration"))
                .containsExactly(List.of("1", "rdsrepladmin"));

        rds.promoteReadReplicaDBCluster(ask -> ask.dbClusterIdentifier("shop"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> region.events().all().stream()
                        .anyMatch(event -> event.message().startsWith("Promoted Read Replica cluster")));
        assertThat(replica.query("SHOW REPLICA STATUS")).isEmpty();
    }

    @Test
    void filtersReachTheServerAtOnceAndOutliveARestart() {
        MySqlServer server = server(MySqlRelease.MYSQL_8_0_31, options -> options);
        region.instance("orders", server, 1);
        rds.createDBParameterGroup(ask -> ask.dbParameterGroupName("scope")
                .dbParameterGroupFamily("mysql8.0")
                .description("scope"));
        rds.modifyDBInstance(ask -> ask.dbInstanceIdentifier("orders").dbParameterGroupName("scope"));
        rds.modifyDBParameterGroup(ask -> ask.dbParameterGroupName("scope")
                .parameters(ApiTest.set("replicate-wild-do-table", "shop.%,bil\\_ls.%", "immediate")));
        server.execute("CHANGE REPLICATION SOURCE TO SOURCE_HOST='127.0.0.1', SOURCE_PORT=1, SOURCE_USER='nobody'");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(filters(server)).contains("shop.%,bil\\_ls.%"));

        rds.rebootDBInstance(ask -> ask.dbInstanceIdentifier("orders"));
        awaitInstance("orders");
        assertThat(filters(server)).contains("shop.%,bil\\_ls.%");
    }

    private static String filters(MySqlServer server) {
        return server.query("SELECT FILTER_RULE FROM performance_schema.replication_applier_global_filters")
                .toString();
    }

    @Test
    void parametersWithWhichNoServerStartsAreTakenBack() {
        MySqlServer server = server(MySqlRelease.MYSQL_8_0_31, options -> options);
        region.instance("orders", server, 1);
        rds.createDBParameterGroup(ask -> ask.dbParameterGroupName("gtid")
                .dbParameterGroupFamily("mysql8.0")
                .description("half of what GTID needs"));
        rds.modifyDBParameterGroup(ask -> ask.dbParameterGroupName("gtid").parameters(later("gtid-mode", "ON")));
        rds.modifyDBInstance(ask -> ask.dbInstanceIdentifier("orders").dbParameterGroupName("gtid"));
        await().until(() -> region.findInstance("orders")
                .orElseThrow()
                .parameters()
                .status()
                .equals("pending-reboot"));
        awaitInstance("orders");
        rds.rebootDBInstance(ask -> ask.dbInstanceIdentifier("orders"));

        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        region.findInstance("orders").orElseThrow().status().equals("incompatible-parameters"));
        assertThat(value(server, "@@gtid_mode")).isEqualTo("OFF");
        assertThat(api.breakdowns()).hasSize(1);
        api.forgetBreakdowns();
    }

    @Test
    void anInstanceThatStartsEmptyGetsAServerThatGoesWithIt() {
        rds.createDBInstance(ask -> ask.dbInstanceIdentifier("orders")
                .engine("mysql")
                .engineVersion("8.0.36")
                .dbInstanceClass("db.r6g.large")
                .masterUsername("admin")
                .masterUserPassword("Not-To-Be-Shown-1"));
        awaitInstance("orders");
        MySqlServer server = region.findInstance("orders").orElseThrow().server();
        assertThat(value(server, "@@log_bin")).isEqualTo("1");

        rds.modifyDBInstance(ask ->
                ask.dbInstanceIdentifier("orders").backupRetentionPeriod(0).applyImmediately(true));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> region.findInstance("orders").orElseThrow().backupRetention() == 0);
        awaitInstance("orders");
        assertThat(value(server, "@@log_bin")).isEqualTo("0");
        rds.deleteDBInstance(ask -> ask.dbInstanceIdentifier("orders").skipFinalSnapshot(true));
        await().until(() -> region.findInstance("orders").isEmpty());
        assertThat(server.isRunning()).isFalse();
    }

    @Test
    void aFailoverBreaksConnectionsAndKeepsVolumeAndLogs() {
        MySqlServer server = loggingCluster(MySqlRelease.MYSQL_8_0_31, "8.0.mysql_aurora.3.08.0");
        ApiCluster cluster = region.findCluster("shop").orElseThrow();
        cluster.reader("shop-2");
        List<String> writers = new ArrayList<>();
        cluster.onNewWriter(writer -> writers.add(writer.id()));
        rds.rebootDBInstance(ask -> ask.dbInstanceIdentifier("shop-2"));
        awaitInstance("shop-2");
        server.execute("CREATE DATABASE bills");
        String before = String.valueOf(server.query("SHOW BINARY LOGS").get(0).get(0));

        cluster.failOver("shop-2");
        awaitCluster("shop");

        assertThat(writers).containsExactly("shop-2");
        assertThat(cluster.writer()).contains("shop-2");
        assertThat(server.query("SHOW DATABASES LIKE 'bills'")).hasSize(1);
        assertThat(server.query("SHOW BINARY LOGS").get(0).get(0)).isEqualTo(before);
    }
}
