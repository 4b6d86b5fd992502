// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.GuideStep;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.Event;
import software.amazon.awssdk.services.rds.model.SourceType;

/** Replicas that a person creates, since Sluice has no credentials for AWS, while applications write on the source. */
@Tag("long")
@Timeout(300)
class ByHandIT {
    private static final String VERSION = "8.0.mysql_aurora.3.08.0";
    private static final String COPY = "orders-copy";
    private static final String WRITER = COPY + "-instance-1";
    private static final String HOST = COPY + ".cluster-c9akciq32rgh.eu-west-1.rds.amazonaws.com";

    private final Servers servers = new Servers();
    private final Map<String, DressedServer> names = new ConcurrentHashMap<>();
    private final List<DressedServer> copies = new CopyOnWriteArrayList<>();
    private DressedServer source;
    private AuroraMySql orders;
    private AwsApi api;
    private ApiClient client;
    private Sluice sluice;

    /** What AWS does with servers that it starts: the source's clothes, and a name, which others than AWS see late. */
    private final class Dressing implements ServerCare {
        private final boolean replicates;

        private Dressing(boolean replicates) {
            this.replicates = replicates;
        }

        @Override
        public Optional<ServerAddress> started(String id, MySqlServer server) {
            if (replicates) {
                server.execute("STOP REPLICA SQL_THREAD");
            }
            DressedServer copy = source.copiedTo(server);
            copies.add(copy);
            if (replicates) {
                copy.becomeManagedReplica();
                server.execute("START REPLICA SQL_THREAD");
            }
            return Optional.of(new ServerAddress(copy.host(), copy.port()));
        }

        @Override
        public void wasPromoted(MySqlServer server) {
            copies.forEach(DressedServer::becomeStandAlone);
        }
    }

    /** With the binary log switched on, and from then on without credentials. */
    private void open(boolean replicates, UnaryOperator<ServerOptions> options) throws InterruptedException {
        api = AwsApi.builder()
                .stage(Duration.ofMillis(50))
                .care(new Dressing(replicates))
                .start();
        client = new ApiClient(api);
        source = servers.aurora(RdsFlavour.AURORA_3, options.andThen(ServerOptions::withoutBinaryLog)::apply);
        region().cluster("orders", VERSION, source.server()).reachedAt(source.host(), source.port());
        Shop.open(source.server());
        orders = servers.endpoint("orders", source)
                .reachableByReplicaAt(source.server().host(), source.server().port());
        try (Sluice first = sluice(AuroraEngine.create(client.clients()))) {
            ReplicationPlan log = ReplicationPlan.from(orders)
                    .to(AuroraMySql.newCluster(COPY)
                            .region(ApiClient.REGION)
                            .credentials(source.adminUser(), Secret.named("orders")))
                    .replicationUserHost("%")
                    .allowWriterReboot()
                    .seedWith(AuroraSeed.CLUSTER_CLONE)
                    .until(GuideStep.ENABLE_BINLOG);
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

    private ReplicationPlan plan() {
        return ReplicationPlan.from(orders)
                .to(AuroraMySql.newCluster(COPY)
                        .region(ApiClient.REGION)
                        .credentials(source.adminUser(), Secret.named("orders"))
                        .at(HOST, 3306)
                        .connectingThrough("lab"))
                .replicationUserHost("%")
                .retainBinlogs(Duration.ofHours(24))
                .allowPlainText();
    }

    private void awaitCluster(RdsClient region, String id) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> region.describeDBClusters(request -> request.dbClusterIdentifier(id))
                        .dbClusters()
                        .get(0)
                        .status()
                        .equals("available"));
    }

    private void createWriter(RdsClient region, String cluster) {
        String id = cluster + "-instance-1";
        region.createDBInstance(request -> request.dbInstanceIdentifier(id)
                .dbClusterIdentifier(cluster)
                .engine("aurora-mysql")
                .dbInstanceClass("db.r6g.large"));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> region.describeDBInstances(request -> request.dbInstanceIdentifier(id))
                        .dbInstances()
                        .get(0)
                        .dbInstanceStatus()
                        .equals("available"));
    }

    /** As the command that the person is shown asks for it. */
    private String event() {
        return client
                .raw()
                .describeEvents(request -> request.sourceIdentifier(WRITER)
                        .sourceType(SourceType.DB_INSTANCE)
                        .duration(20160))
                .events()
                .stream()
                .map(Event::message)
                .filter(message -> message.contains("crash recovery"))
                .findFirst()
                .orElseThrow();
    }

    private void clones(Person ada) {
        PendingAction creation = ada.isAskedFor(
                "create-cluster",
                "aws rds restore-db-cluster-to-point-in-time --region eu-west-1 --db-cluster-identifier " + COPY);
        client.raw()
                .restoreDBClusterToPointInTime(request -> request.dbClusterIdentifier(COPY)
                        .sourceDBClusterIdentifier("orders")
                        .restoreType("copy-on-write")
                        .useLatestRestorableTime(true)
                        .dbClusterParameterGroupName(group()));
        awaitCluster(client.raw(), COPY);
        ada.confirms(creation);
        givesWriter(ada);
    }

    private String group() {
        return client.raw()
                .describeDBClusters(request -> request.dbClusterIdentifier("orders"))
                .dbClusters()
                .get(0)
                .dbClusterParameterGroup();
    }

    private void givesWriter(Person ada) {
        PendingAction writer = ada.isAskedFor(
                "create-writer",
                "aws rds create-db-instance --region eu-west-1 --db-instance-identifier " + WRITER
                        + " --db-cluster-identifier " + COPY + " --engine aurora-mysql --db-instance-class $(aws rds"
                        + " describe-db-instances --region eu-west-1 --filters Name=db-cluster-id,Values=orders");
        createWriter(client.raw(), COPY);
        ada.confirms(writer);
    }

    private PendingAction isAskedForThePosition(Person ada) {
        return ada.isAskedFor(
                "tell-where-it-begins",
                "aws rds describe-events --region eu-west-1 --source-type db-instance --source-identifier " + WRITER);
    }

    private void assertFollows(RunResult result, Writers writers) {
        assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(result.lockHeld()).isZero();
        assertThat(result.rowsCopied()).isZero();
        assertThat(result.coordinates().orElseThrow().method()).contains("crash recovery");
        assertThat(result.verification())
                .hasValueSatisfying(report -> assertThat(report.isClean()).isTrue());
        writers.close();
        MySqlServer replica = region().findCluster(COPY).orElseThrow().server();
        await().atMost(Duration.ofSeconds(60)).until(() -> Shop.stock(replica).equals(Shop.stock(source.server())));
        assertThat(api.breakdowns()).isEmpty();
    }

    @Test
    void aCloneThatAPersonMakesBecomesTheReplicaOnceItsPositionIsTold() throws Exception {
        open(false, options -> options);
        ReplicationPlan plan = plan().seedWith(AuroraSeed.CLUSTER_CLONE).withBinlogPosition();
        try (Writers writers = Shop.sells(source.server())) {
            ReplicationRun run = sluice.start(sluice.compile(plan));
            Person ada = new Person(run);
            clones(ada);
            PendingAction telling = isAskedForThePosition(ada);
            assertThat(telling.question().orElseThrow().text()).contains("Binlog position from crash recovery");
            assertThatThrownBy(() -> ada.confirms(telling)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> ada.confirms(telling, "it is done")).hasMessageContaining("asks for");
            ada.confirms(telling, event());
            // AWS's names take their time to be known everywhere.
            Thread.sleep(1500);
            names.put(HOST, copies.get(0));
            RunResult result = run.await();

            assertThat(result.left()).isEmpty();
            assertThat(sluice.start(sluice.compile(plan)).await().state()).isEqualTo(RunState.SUCCEEDED);
            assertFollows(result, writers);
        }
    }

    @Test
    void aRestoredSnapshotBecomesTheReplicaByGtidAndIsRemovedByThePerson() throws Exception {
        open(false, ServerOptions::gtid);
        ReplicationPlan plan = plan().seedWith(AuroraSeed.CLUSTER_SNAPSHOT).withGtid();
        try (Writers writers = Shop.sells(source.server())) {
            ReplicationRun run = sluice.start(sluice.compile(plan));
            Person ada = new Person(run);
            String snapshot = "sluice-" + run.id();
            PendingAction taking = ada.isAskedFor(
                    "create-cluster-snapshot",
                    "aws rds create-db-cluster-snapshot --region eu-west-1 --db-cluster-identifier orders"
                            + " --db-cluster-snapshot-identifier " + snapshot);
            client.raw()
                    .createDBClusterSnapshot(request ->
                            request.dbClusterSnapshotIdentifier(snapshot).dbClusterIdentifier("orders"));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> client.raw()
                            .describeDBClusterSnapshots(request -> request.dbClusterSnapshotIdentifier(snapshot))
                            .dbClusterSnapshots()
                            .get(0)
                            .status()
                            .equals("available"));
            ada.confirms(taking);
            PendingAction creation = ada.isAskedFor(
                    "create-cluster",
                    "aws rds restore-db-cluster-from-snapshot --region eu-west-1 --db-cluster-identifier " + COPY
                            + " --snapshot-identifier " + snapshot);
            client.raw()
                    .restoreDBClusterFromSnapshot(request -> request.dbClusterIdentifier(COPY)
                            .snapshotIdentifier(snapshot)
                            .engine("aurora-mysql")
                            .dbClusterParameterGroupName(group()));
            awaitCluster(client.raw(), COPY);
            ada.confirms(creation);
            givesWriter(ada);
            PendingAction telling = isAskedForThePosition(ada);
            names.put(HOST, copies.get(0));
            ada.confirms(telling, event());
            PendingAction removal = ada.isAskedFor(
                    "delete-cluster-snapshot",
                    "aws rds delete-db-cluster-snapshot --region eu-west-1 --db-cluster-snapshot-identifier "
                            + snapshot);
            client.raw().deleteDBClusterSnapshot(request -> request.dbClusterSnapshotIdentifier(snapshot));
            ada.confirms(removal);
            RunResult result = run.await();

            assertThat(result.left()).isEmpty();
            assertFollows(result, writers);
        }
    }

    /** A position of another copy, or of another time, would lose or double rows. */
    @ParameterizedTest
    @CsvSource({"earlier,AUR-304", "later,AUR-332"})
    void aPositionThatIsNotTheCopysOwnIsRefused(String told, String code) throws Exception {
        open(false, options -> options);
        ReplicationPlan plan = plan().seedWith(AuroraSeed.CLUSTER_CLONE).withBinlogPosition();
        try (Writers writers = Shop.sells(source.server())) {
            ReplicationRun run = sluice.start(sluice.compile(plan));
            Person ada = new Person(run);
            String earlier = sourceNow();
            clones(ada);
            names.put(HOST, copies.get(0));
            ada.confirms(isAskedForThePosition(ada), told.equals("earlier") ? earlier : sourceNow());

            assertThatThrownBy(run::await).hasMessageContaining(code);
            assertThat(writers).isNotNull();
        }
        assertThat(region().findCluster(COPY).orElseThrow().server().query("SHOW REPLICA STATUS"))
                .isEmpty();
    }

    private String sourceNow() {
        List<String> now = source.server().query("SHOW MASTER STATUS").get(0);
        return now.get(0) + " " + now.get(1);
    }

    @Test
    void whereTheNewServerAnswersHasToBeSaid() throws Exception {
        open(false, options -> options);
        ReplicationPlan plan = ReplicationPlan.from(orders)
                .to(AuroraMySql.newCluster(COPY)
                        .region(ApiClient.REGION)
                        .credentials(source.adminUser(), Secret.named("orders")))
                .replicationUserHost("%")
                .seedWith(AuroraSeed.CLUSTER_CLONE);

        assertThatThrownBy(() -> sluice.compile(plan)).hasMessageContaining("AWS-101");
    }

    @Test
    void aReadReplicaIsMadeAndPromotedByAPerson() throws Exception {
        open(true, options -> options);
        String host = COPY + ".cluster-d1bbdjr43shi.us-east-1.rds.amazonaws.com";
        NewAuroraReadReplica replica = AuroraMySql.newReadReplica(COPY)
                .region(ApiClient.FAR)
                .instanceClass("db.r6g.large")
                .credentials(source.adminUser(), Secret.named("orders"))
                .at(host, 3306)
                .connectingThrough("lab");
        ApiRegion far = api.region(ApiClient.FAR);
        MySqlServer server;
        try (Writers writers = Shop.sells(source.server())) {
            ReplicationRun run = sluice.start(
                    sluice.compile(ReplicationPlan.from(orders).to(replica).allowPlainText()));
            isMadeInTheOtherRegion(new Person(run), host);
            RunResult result = run.await();

            assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(result.verification())
                    .hasValueSatisfying(report -> assertThat(report.isClean()).isTrue());
            writers.close();
            server = far.findCluster(COPY).orElseThrow().server();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Shop.stock(server).equals(Shop.stock(source.server())));
        }
        EndPlan end = EndPlan.of(replica)
                .source(orders)
                .allow(Consent.REPLICA_PROMOTION)
                .allow(Consent.PLAIN_TEXT);
        ReplicationRun ending = sluice.start(sluice.compile(end));
        new Person(ending)
                .isAskedFor(
                        "promote",
                        "aws rds promote-read-replica-db-cluster --region us-east-1 --db-cluster-identifier " + COPY);
        // Nobody has to say so: the server shows it.
        client.rawFar().promoteReadReplicaDBCluster(request -> request.dbClusterIdentifier(COPY));

        assertThat(ending.await().state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(server.query("SHOW REPLICA STATUS")).isEmpty();
        assertThat(api.breakdowns()).isEmpty();
    }

    private void isMadeInTheOtherRegion(Person ada, String host) {
        PendingAction creation = ada.isAskedFor(
                "create-cluster", "aws rds create-db-cluster --region us-east-1 --db-cluster-identifier " + COPY);
        String arn = client.raw()
                .describeDBClusters(request -> request.dbClusterIdentifier("orders"))
                .dbClusters()
                .get(0)
                .dbClusterArn();
        client.rawFar()
                .createDBCluster(request -> request.dbClusterIdentifier(COPY)
                        .engine("aurora-mysql")
                        .engineVersion(VERSION)
                        .replicationSourceIdentifier(arn));
        awaitCluster(client.rawFar(), COPY);
        ada.confirms(creation);
        PendingAction writer = ada.isAskedFor(
                "create-writer", "aws rds create-db-instance --region us-east-1 --db-instance-identifier " + WRITER);
        createWriter(client.rawFar(), COPY);
        names.put(host, copies.get(0));
        assertThat(writer.question()).isEmpty();
    }
}
