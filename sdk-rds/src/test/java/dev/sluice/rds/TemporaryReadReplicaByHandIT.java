// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.mysql.ConnectionRequest;
import dev.sluice.testing.load.Shop;
import dev.sluice.testing.load.Writers;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.RdsFlavour;
import dev.sluice.testservers.GeneralLog;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Without AWS credentials a person makes the temporary read replica; the rows come from it while applications write on the source. */
@Tag("long")
@Timeout(300)
class TemporaryReadReplicaByHandIT {
    private static final String REST = ".c9akciq32rgh.eu-west-1.rds.amazonaws.com";

    private final Servers servers = new Servers();
    private final Map<String, DressedServer> names = new ConcurrentHashMap<>();

    @AfterEach
    void close() {
        servers.close();
    }

    /** What AWS's DNS would do, for the servers of this test. */
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
        properties.setProperty("password", names.get("orders" + REST).adminPassword());
        return DriverManager.getConnection(
                "jdbc:mysql://" + server.server().host() + ":" + server.server().port() + "/", properties);
    }

    private Sluice sluice(RdsEngine engine) {
        return Sluice.builder()
                .journal(Journal.inMemory())
                .engines(engine)
                .secrets(SecretResolver.withNamed(servers::password))
                .connectionSource("lab", this::connect)
                .build();
    }

    private ReplicationPlan plan(DressedServer source, DressedServer replica) {
        names.put("orders" + REST, source);
        RdsMySql endpoint = servers.named("orders", source)
                .at("orders" + REST, 3306)
                .connectingThrough("lab")
                .reachableByReplicaAt(source.server().host(), source.server().port());
        return ReplicationPlan.from(endpoint)
                .to(servers.endpoint("orders-copy", replica))
                .replicationUserHost("%")
                .retainBinlogs(Duration.ofHours(24))
                .allowPlainText()
                .seedWith(RdsSeed.TEMPORARY_READ_REPLICA);
    }

    /** When the rows are on the replica. */
    private static void removes(ReplicationRun run) {
        await().atMost(Duration.ofSeconds(90))
                .until(() -> run.status().state().isFinal()
                        || run.pendingActions().stream()
                                .anyMatch(one -> one.id().endsWith("/delete-read-replica")));
        assertThat(run.pendingActions())
                .singleElement()
                .satisfies(action -> assertThat(action.instructions())
                        .containsExactly(
                                "aws rds delete-db-instance --region eu-west-1 --db-instance-identifier sluice-"
                                        + run.id() + " --skip-final-snapshot --delete-automated-backups"));
        run.confirm(run.pendingActions().get(0).id(), "ada");
    }

    private ReplicationRun isToldWhereItAnswers(DressedServer source, DressedServer temporary, Sluice sluice) {
        ReplicationPlan plan = ReplicationPlan.from(servers.endpoint("orders", source))
                .to(servers.endpoint("orders-copy", servers.dressed(RdsFlavour.MYSQL_8_0)))
                .replicationUserHost("%")
                .retainBinlogs(Duration.ofHours(24))
                .allowPlainText()
                .seedWith(RdsSeed.TEMPORARY_READ_REPLICA);
        ReplicationRun run = sluice.start(sluice.compile(plan));
        isAskedFor(run, "create-read-replica");
        run.confirm(run.pendingActions().get(0).id(), "ada");
        isAskedFor(run, "tell-where-it-answers");
        assertThat(run.pendingActions().get(0).instructions())
                .containsExactly("aws rds describe-db-instances --region eu-west-1 --db-instance-identifier sluice-"
                        + run.id() + " --query 'DBInstances[0].[Endpoint.Address,Endpoint.Port]' --output text");
        run.confirm(
                run.pendingActions().get(0).id(),
                "ada",
                temporary.server().host() + "\t" + temporary.server().port());
        return run;
    }

    private static void isAskedFor(ReplicationRun run, String operation) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> run.status().state().isFinal()
                        || run.pendingActions().stream()
                                .anyMatch(one -> one.id().endsWith("/" + operation)));
        assertThat(run.pendingActions()).hasSize(1);
    }

    /** Where no name of AWS's says it. */
    @Test
    void thePersonTellsWhereItAnswers() throws Exception {
        DressedServer source = servers.dressed(RdsFlavour.MYSQL_8_0);
        DressedServer temporary = servers.dressed(RdsFlavour.MYSQL_8_0);
        FollowingByHand.follow(temporary, source);
        Shop.open(source.server());
        // It comes into being after the plan was compiled.
        temporary.server().execute("STOP REPLICA");
        source.server()
                .query("SELECT ID FROM information_schema.PROCESSLIST WHERE COMMAND LIKE 'Binlog Dump%'")
                .forEach(row -> source.server().execute("KILL " + row.get(0)));
        await().until(() -> source.server().query("SHOW REPLICAS").isEmpty());
        try (Writers writers = Shop.sells(source.server());
                RdsEngine engine = RdsEngine.create();
                Sluice sluice = sluice(engine)) {
            ReplicationRun run = isToldWhereItAnswers(source, temporary, sluice);
            temporary.server().execute("START REPLICA");
            removes(run);

            assertThat(run.await().verification())
                    .hasValueSatisfying(report -> assertThat(report.isClean()).isTrue());
            assertThat(writers).isNotNull();
        }
    }

    /** It would be held still, and others rely on it. */
    @Test
    void aReplicaThatWasThereBeforeIsNotTouched() {
        DressedServer source = servers.dressed(RdsFlavour.MYSQL_8_0);
        DressedServer others = servers.dressed(RdsFlavour.MYSQL_8_0);
        FollowingByHand.follow(others, source);
        await().until(() -> !source.server().query("SHOW REPLICAS").isEmpty());
        try (RdsEngine engine = RdsEngine.create();
                Sluice sluice = sluice(engine)) {
            ReplicationRun run = isToldWhereItAnswers(source, others, sluice);

            assertThatThrownBy(run::await).hasMessageContaining("RDS-351");
        }
        assertThat(others.server().query("SHOW REPLICA STATUS").get(0)).contains("Yes");
    }

    @ParameterizedTest
    @EnumSource(
            value = RdsFlavour.class,
            names = {"MYSQL_5_7", "MYSQL_8_0"})
    void theRowsComeFromTheReplicaThatAPersonMade(RdsFlavour flavour) throws Exception {
        DressedServer source = servers.dressed(flavour);
        DressedServer replica = servers.dressed(flavour);
        DressedServer temporary = servers.dressed(flavour);
        FollowingByHand.follow(temporary, source);
        Shop.open(source.server());
        GeneralLog.Mark mark = source.server().generalLog().on();
        try (Writers writers = Shop.sells(source.server());
                RdsEngine engine = RdsEngine.create();
                Sluice sluice = sluice(engine)) {
            ReplicationRun run = sluice.start(sluice.compile(plan(source, replica)));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !run.pendingActions().isEmpty()
                            || run.status().state().isFinal());
            assertThat(run.pendingActions())
                    .singleElement()
                    .satisfies(action -> assertThat(action.instructions())
                            .singleElement()
                            .asString()
                            .startsWith("aws rds create-db-instance-read-replica --region eu-west-1"
                                    + " --db-instance-identifier sluice-" + run.id()));

            names.put("sluice-" + run.id() + REST, temporary);
            removes(run);
            RunResult result = run.await();

            assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(result.lockHeld()).isZero();
            assertThat(result.coordinates().orElseThrow().method()).contains("sluice-" + run.id());
            assertThat(result.verification())
                    .hasValueSatisfying(report -> assertThat(report.isClean()).isTrue());
            assertThat(result.left()).isEmpty();
            writers.close();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Shop.stock(replica.server()).equals(Shop.stock(source.server())));
        }
        assertThat(source.server().generalLog().entriesSince(mark))
                .filteredOn(GeneralLog.Entry::isStatement)
                .extracting(GeneralLog.Entry::text)
                .noneMatch(text -> text.startsWith("LOCK TABLES") || text.startsWith("FLUSH TABLES"));
    }
}
