// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.Seed;
import dev.sluice.api.run.PendingAction;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.mysql.ConnectionRequest;
import dev.sluice.testing.aws.ApiRegion;
import dev.sluice.testing.aws.AwsApi;
import dev.sluice.testing.aws.ServerCare;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.rds.model.Event;
import software.amazon.awssdk.services.rds.model.SourceType;

/**
 * Without AWS credentials a person makes the copy of the cluster that the rows come from, tells where it stands, and removes it when the run asks for
 * that; applications write on the source all the time.
 */
@Tag("long")
@Timeout(300)
class ClusterCopyByHandIT {
    private static final String VERSION = "8.0.mysql_aurora.3.08.0";
    private static final String REST = ".cluster-c9akciq32rgh.eu-west-1.rds.amazonaws.com";

    private final Servers servers = new Servers();
    private final Map<String, DressedServer> names = new ConcurrentHashMap<>();
    private final List<DressedServer> copies = new CopyOnWriteArrayList<>();
    private DressedServer source;
    private DressedServer replica;
    private AwsApi api;
    private ApiClient client;
    private Sluice sluice;

    /** What AWS does with servers that it starts: the source's clothes. */
    private final class Dressing implements ServerCare {
        @Override
        public Optional<ServerAddress> started(String id, MySqlServer server) {
            DressedServer copy = source.copiedTo(server);
            copies.add(copy);
            return Optional.of(new ServerAddress(copy.host(), copy.port()));
        }
    }

    /** With the binary log switched on, and from then on without credentials. */
    private void open(UnaryOperator<ServerOptions> options) throws InterruptedException {
        api = AwsApi.builder().stage(Duration.ofMillis(50)).care(new Dressing()).start();
        client = new ApiClient(api);
        source = servers.aurora(RdsFlavour.AURORA_3, options.andThen(ServerOptions::withoutBinaryLog)::apply);
        replica = servers.aurora(RdsFlavour.AURORA_3, options);
        region().cluster("orders", VERSION, source.server()).reachedAt(source.host(), source.port());
        region().cluster("orders-copy", VERSION, replica.server()).reachedAt(replica.host(), replica.port());
        Shop.open(source.server());
        try (Sluice first = sluice(AuroraEngine.create(client.clients()))) {
            ReplicationPlan log =
                    plan(here(), Seed.LOGICAL_COPY).allowWriterReboot().until(GuideStep.ENABLE_BINLOG);
            assertThat(first.start(first.compile(log)).await().state()).isEqualTo(RunState.SUCCEEDED);
        }
        sluice = sluice(AuroraEngine.create());
    }

    private ApiRegion region() {
        return api.region(ApiClient.REGION);
    }

    private Sluice sluice(AuroraEngine engine) {
        return Sluice.builder()
                .journal(Journal.inMemory())
                .engines(engine)
                .secrets(SecretResolver.withNamed(servers::password))
                .connectionSource("lab", this::connect)
                .build();
    }

    /** What AWS's DNS would do. */
    private Connection connect(ConnectionRequest request) throws SQLException {
        DressedServer server = names.get(request.address().host());
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

    @AfterEach
    void close() {
        sluice.close();
        copies.forEach(DressedServer::close);
        client.close();
        api.close();
        servers.close();
    }

    /** By an address that says nothing about others. */
    private AuroraMySql here() {
        return servers.endpoint("orders", source)
                .reachableByReplicaAt(source.server().host(), source.server().port());
    }

    /** By a name that AWS gave it. */
    private AuroraMySql named() {
        names.put("orders" + REST, source);
        return servers.named("orders", source)
                .at("orders" + REST, 3306)
                .connectingThrough("lab")
                .reachableByReplicaAt(source.server().host(), source.server().port());
    }

    private ReplicationPlan plan(AuroraMySql from, Seed seed) {
        return ReplicationPlan.from(from)
                .to(servers.endpoint("orders-copy", replica))
                .replicationUserHost("%")
                .retainBinlogs(Duration.ofHours(24))
                .allowPlainText()
                .seedWith(seed);
    }

    private void awaitCluster(String id) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> client.raw()
                        .describeDBClusters(request -> request.dbClusterIdentifier(id))
                        .dbClusters()
                        .get(0)
                        .status()
                        .equals("available"));
    }

    private String group() {
        return client.raw()
                .describeDBClusters(request -> request.dbClusterIdentifier("orders"))
                .dbClusters()
                .get(0)
                .dbClusterParameterGroup();
    }

    private void clones(Person ada, String id) {
        PendingAction creation = ada.isAskedFor(
                "create-cluster",
                "aws rds restore-db-cluster-to-point-in-time --region eu-west-1 --db-cluster-identifier " + id
                        + " --source-db-cluster-identifier orders --restore-type copy-on-write");
        client.raw()
                .restoreDBClusterToPointInTime(request -> request.dbClusterIdentifier(id)
                        .sourceDBClusterIdentifier("orders")
                        .restoreType("copy-on-write")
                        .useLatestRestorableTime(true)
                        .dbClusterParameterGroupName(group()));
        awaitCluster(id);
        ada.confirms(creation);
        givesWriter(ada, id);
    }

    private void restores(Person ada, String id) {
        PendingAction taking = ada.isAskedFor(
                "create-cluster-snapshot",
                "aws rds create-db-cluster-snapshot --region eu-west-1 --db-cluster-identifier orders"
                        + " --db-cluster-snapshot-identifier " + id);
        client.raw()
                .createDBClusterSnapshot(
                        request -> request.dbClusterSnapshotIdentifier(id).dbClusterIdentifier("orders"));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> client.raw()
                        .describeDBClusterSnapshots(request -> request.dbClusterSnapshotIdentifier(id))
                        .dbClusterSnapshots()
                        .get(0)
                        .status()
                        .equals("available"));
        ada.confirms(taking);
        PendingAction creation = ada.isAskedFor(
                "create-cluster",
                "aws rds restore-db-cluster-from-snapshot --region eu-west-1 --db-cluster-identifier " + id
                        + " --snapshot-identifier " + id);
        client.raw()
                .restoreDBClusterFromSnapshot(request -> request.dbClusterIdentifier(id)
                        .snapshotIdentifier(id)
                        .engine("aurora-mysql")
                        .dbClusterParameterGroupName(group()));
        awaitCluster(id);
        ada.confirms(creation);
        givesWriter(ada, id);
    }

    private void givesWriter(Person ada, String id) {
        PendingAction writer = ada.isAskedFor(
                "create-writer",
                "aws rds create-db-instance --region eu-west-1 --db-instance-identifier " + id
                        + " --db-cluster-identifier " + id + " --engine aurora-mysql --db-instance-class $(aws rds");
        client.raw()
                .createDBInstance(request -> request.dbInstanceIdentifier(id)
                        .dbClusterIdentifier(id)
                        .engine("aurora-mysql")
                        .dbInstanceClass("db.r6g.large"));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> client.raw()
                        .describeDBInstances(request -> request.dbInstanceIdentifier(id))
                        .dbInstances()
                        .get(0)
                        .dbInstanceStatus()
                        .equals("available"));
        ada.confirms(writer);
    }

    private void tellsAddress(Person ada, String id, DressedServer server) {
        PendingAction where = ada.isAskedFor(
                "tell-where-it-answers",
                "aws rds describe-db-clusters --region eu-west-1 --db-cluster-identifier " + id
                        + " --query 'DBClusters[0].[Endpoint,Port]' --output text");
        assertThatThrownBy(() -> ada.confirms(where, "it is there, now")).hasMessageContaining("asks for");
        ada.confirms(where, server.host() + "\t" + server.port());
    }

    private void tellsPosition(Person ada, String id, String position) {
        ada.confirms(
                ada.isAskedFor(
                        "tell-where-it-stands",
                        "aws rds describe-events --region eu-west-1 --source-type db-instance --source-identifier "
                                + id),
                position);
    }

    /** As the command that the person is shown asks for it. */
    private String event(String instance) {
        return client
                .raw()
                .describeEvents(request -> request.sourceIdentifier(instance)
                        .sourceType(SourceType.DB_INSTANCE)
                        .duration(20160))
                .events()
                .stream()
                .map(Event::message)
                .filter(message -> message.contains("crash recovery"))
                .findFirst()
                .orElseThrow();
    }

    private void deletesCluster(String id) {
        client.raw()
                .deleteDBInstance(request -> request.dbInstanceIdentifier(id).skipFinalSnapshot(true));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> region().findInstance(id).isEmpty());
        client.raw().deleteDBCluster(request -> request.dbClusterIdentifier(id).skipFinalSnapshot(true));
    }

    private void assertEqual(RunResult result, Writers writers) {
        assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(result.left()).isEmpty();
        assertThat(result.lockHeld()).isZero();
        assertThat(result.rowsCopied()).isPositive();
        assertThat(result.coordinates().orElseThrow().method()).contains("crash recovery");
        assertThat(result.verification())
                .hasValueSatisfying(report -> assertThat(report.isClean()).isTrue());
        writers.close();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Shop.stock(replica.server()).equals(Shop.stock(source.server())));
        assertThat(api.breakdowns()).isEmpty();
    }

    @Test
    void theRowsComeFromACloneThatAPersonMadeAndRemoves() throws Exception {
        open(options -> options);
        ReplicationPlan plan = plan(here(), AuroraSeed.CLUSTER_CLONE).withBinlogPosition();
        try (Writers writers = Shop.sells(source.server())) {
            ReplicationRun run = sluice.start(sluice.compile(plan));
            String id = "sluice-" + run.id();
            Person ada = new Person(run);
            clones(ada, id);
            tellsAddress(ada, id, copies.get(0));
            tellsPosition(ada, id, event(id));
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> run.pendingActions().size() == 2);
            deletesCluster(id);
            ada.confirmsAll("delete-writer", "delete-cluster");

            assertEqual(run.await(), writers);
        }
    }

    @Test
    void theRowsComeByGtidFromASnapshotThatAPersonTookAndRestored() throws Exception {
        open(ServerOptions::gtid);
        ReplicationPlan plan = plan(named(), AuroraSeed.CLUSTER_SNAPSHOT).withGtid();
        try (Writers writers = Shop.sells(source.server())) {
            ReplicationRun run = sluice.start(sluice.compile(plan));
            String id = "sluice-" + run.id();
            Person ada = new Person(run);
            restores(ada, id);
            tellsPosition(ada, id, event(id));
            // AWS's names take their time to be known everywhere.
            Thread.sleep(1500);
            names.put(id + REST, copies.get(0));
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> run.pendingActions().size() == 3);
            deletesCluster(id);
            client.raw().deleteDBClusterSnapshot(request -> request.dbClusterSnapshotIdentifier(id));
            ada.confirmsAll("delete-writer", "delete-cluster", "delete-cluster-snapshot");

            assertEqual(run.await(), writers);
        }
    }

    /** It would lose or double rows; whoever takes the run back is asked to remove the copy. */
    @Test
    void aPositionThatIsNotTheCopysOwnIsRefusedAndTheAbandonmentAsksForTheRemoval() throws Exception {
        open(options -> options);
        ReplicationPlan plan = plan(here(), AuroraSeed.CLUSTER_CLONE).withBinlogPosition();
        try (Writers writers = Shop.sells(source.server())) {
            ReplicationRun run = sluice.start(sluice.compile(plan));
            String id = "sluice-" + run.id();
            Person ada = new Person(run);
            clones(ada, id);
            tellsAddress(ada, id, copies.get(0));
            List<String> later = source.server().query("SHOW MASTER STATUS").get(0);
            tellsPosition(ada, id, later.get(0) + " " + later.get(1));
            assertThatThrownBy(run::await).hasMessageContaining("AUR-332");
            assertThat(writers).isNotNull();

            CompletableFuture<RunResult> abandoned = abandoning(run);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> run.pendingActions().size() == 2);
            deletesCluster(id);
            ada.confirmsAll("delete-writer", "delete-cluster");

            assertThat(abandoned.get().state()).isEqualTo(RunState.ABANDONED);
            assertThat(abandoned.get().left()).isEmpty();
        }
        assertThat(replica.server().query("SHOW REPLICA STATUS")).isEmpty();
    }

    private static CompletableFuture<RunResult> abandoning(ReplicationRun run) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return run.abandon();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        });
    }

    @Test
    void theSourceItselfIsNoCopy() throws Exception {
        open(options -> options);
        ReplicationRun run = sluice.start(
                sluice.compile(plan(here(), AuroraSeed.CLUSTER_CLONE).withBinlogPosition()));
        Person ada = new Person(run);
        ada.confirms(ada.isAskedFor("create-cluster", "aws rds restore-db-cluster-to-point-in-time"));
        ada.confirms(ada.isAskedFor("create-writer", "aws rds create-db-instance"));
        tellsAddress(ada, "sluice-" + run.id(), source);
        List<String> now = source.server().query("SHOW MASTER STATUS").get(0);
        tellsPosition(ada, "sluice-" + run.id(), now.get(0) + " " + now.get(1));

        assertThatThrownBy(run::await).hasMessageContaining("AUR-352");
    }
}
