// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.api.endpoint.Tls;
import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.secret.Secret;
import dev.sluice.core.journal.Journal;
import dev.sluice.external.ExternalMySql;
import dev.sluice.testservers.GeneralLog;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What cannot work is refused before anything is changed, with everything that is wrong and a remedy for each. */
@Timeout(120)
class RefusalsIT {
    private static final MySqlRelease V57 = MySqlRelease.MYSQL_5_7;
    private static final MySqlRelease V80 = MySqlRelease.MYSQL_8_0_31;

    /** For what refuses and changes nothing; each test leaves it as it was. */
    private static Pair shared;

    private static Pair withoutTls;

    @BeforeAll
    static void open() {
        shared = Pair.position(V80, V80);
        withoutTls = Pair.position(V57, V80);
    }

    @AfterEach
    void asBefore() {
        shared.replica().execute("RESET REPLICA ALL");
        for (MySqlServer server : List.of(shared.source(), shared.replica())) {
            server.execute(
                    "DROP DATABASE IF EXISTS shop", "DROP DATABASE IF EXISTS old", "DROP USER IF EXISTS 'poor'@'%'");
        }
    }

    @AfterAll
    static void close() {
        withoutTls.close();
        shared.close();
    }

    private static List<Problem> problems(Pair pair, ReplicationPlan plan) {
        GeneralLog.Mark source = pair.source().generalLog().on();
        GeneralLog.Mark replica = pair.replica().generalLog().on();
        PlanRejectedException refused = catchThrowableOfType(
                PlanRejectedException.class,
                () -> pair.sluice().preflight(pair.sluice().compile(plan)).orThrow());
        assertThat(StatementsThatChange.since(pair.source(), source)).isEmpty();
        assertThat(StatementsThatChange.since(pair.replica(), replica)).isEmpty();
        assertThat(refused).as("the plan was not refused").isNotNull();
        assertThat(refused.problems()).allSatisfy(problem -> {
            assertThat(problem.what()).isNotBlank();
            assertThat(problem.remedy()).isNotBlank();
        });
        return refused.problems();
    }

    private static void assertRefused(Pair pair, ReplicationPlan plan, String... fragments) {
        assertThat(problems(pair, plan))
                .anySatisfy(problem -> assertThat(problem.toString()).contains(fragments));
    }

    @Test
    void aReplicaWithDataOfItsOwn() {
        shared.source().execute("CREATE DATABASE shop", "CREATE TABLE shop.t (id INT PRIMARY KEY)");
        shared.replica().execute("CREATE DATABASE shop", "CREATE TABLE shop.other (id INT PRIMARY KEY)");

        assertRefused(shared, shared.plan(), "shop");
        assertRefused(shared, shared.plan().databases("shop"), "shop");
    }

    @Test
    void theSameServerOnBothEnds() {
        ExternalMySql same = ExternalMySql.at("localhost", shared.source().port())
                .credentials(shared.source().rootUser(), Secret.named("source"));

        assertRefused(shared, ReplicationPlan.from(shared.sourceEndpoint()).to(same), "one server");
    }

    @Test
    void equalServerIdsWithAFreeOneProposed() {
        try (Pair pair = Pair.of(V80, options -> options.serverId(7), V80, options -> options.serverId(7))) {
            assertRefused(pair, pair.plan(), "7", "allowServerIdChange()");
        }
    }

    @Test
    void aSourceWithoutABinaryLogWithTheSettingsThatItNeeds() {
        try (Pair pair = Pair.of(V80, options -> options.withoutBinaryLog(), V80, options -> options)) {
            assertRefused(pair, pair.plan(), "log-bin", "allowSourceRestart()");
        }
    }

    @Test
    void gtidsWhereTheSourceHasNone() {
        assertRefused(shared, shared.plan().withGtid(), "gtid_mode");
    }

    @Test
    void gtidModesThatDoNotFit() {
        try (Pair pair = Pair.of(V80, options -> options, V80, options -> options.gtid())) {
            assertRefused(pair, pair.plan().withBinlogPosition(), "gtid_mode");
        }
    }

    @Test
    void aSourceNewerThanTheReplica() {
        try (Pair pair = Pair.position(V80, V57)) {
            assertRefused(pair, pair.plan(), "8.0.31", "5.7.22");
        }
    }

    @Test
    void aPairThatIsNotAdjacentUnlessAllowedByName() {
        MySqlRelease nine = MySqlRelease.MYSQL_9;
        if (nine.availability().isPresent()) {
            System.out.println("SERVER UNAVAILABLE " + nine.availability().get());
            return;
        }
        try (Pair pair = Pair.position(V80, nine)) {
            ReplicationPlan plan = ReplicationPlan.from(pair.sourceEndpoint()).to(pair.replicaEndpoint());

            assertRefused(pair, plan, "allowUnsupportedPair()");
            assertThat(pair.sluice().compile(plan.allowUnsupportedPair())).isNotNull();
        }
    }

    @Test
    void aReplicaThatAlreadyReplicates() {
        shared.replica()
                .execute("CHANGE REPLICATION SOURCE TO SOURCE_HOST='192.0.2.1', SOURCE_USER='x', SOURCE_PASSWORD='y'");

        assertRefused(shared, shared.plan(), "192.0.2.1");
    }

    @Test
    void tablesThatAreNotInnoDbWithTheStatementThatConvertsThem() {
        shared.source().execute("CREATE DATABASE old", "CREATE TABLE old.t (id INT PRIMARY KEY) ENGINE=MyISAM");

        assertRefused(shared, shared.plan(), "MyISAM", "ENGINE = InnoDB");
    }

    @Test
    void aMissingGrantByNameAndNothingIsChanged() {
        shared.source()
                .execute(
                        "CREATE DATABASE shop",
                        "CREATE TABLE shop.t (id INT PRIMARY KEY)",
                        "INSERT INTO shop.t VALUES (1), (2)",
                        "CREATE USER 'poor'@'%' IDENTIFIED BY 'p00r-P.word'",
                        "GRANT SELECT, RELOAD, REPLICATION CLIENT, SHOW VIEW ON *.* TO 'poor'@'%'");
        ReplicationPlan plan = ReplicationPlan.from(
                        ExternalMySql.at(shared.source().host(), shared.source().port())
                                .credentials("poor", Secret.named("poor")))
                .to(shared.replicaEndpoint());
        try (var sluice = dev.sluice.core.Sluice.builder()
                .journal(Journal.inMemory())
                .engines(dev.sluice.external.ExternalEngine.create())
                .secrets(dev.sluice.api.secret.SecretResolver.withNamed(name ->
                        name.equals("poor") ? "p00r-P.word" : shared.replica().rootPassword()))
                .build()) {
            Unchanged servers = Unchanged.from(shared);
            PlanRejectedException refused =
                    catchThrowableOfType(PlanRejectedException.class, () -> sluice.compile(plan));

            assertThat(refused).isNotNull();
            servers.check();
            assertThat(refused.getMessage())
                    .contains("CREATE USER")
                    .contains("poor")
                    .doesNotContain("p00r-P.word");
        }
    }

    /** Both servers as they were at a moment, and their logs since. */
    private record Unchanged(
            Pair pair, ServerState source, ServerState replica, GeneralLog.Mark sourceLog, GeneralLog.Mark replicaLog) {
        static Unchanged from(Pair pair) {
            GeneralLog.Mark sourceLog = pair.source().generalLog().on();
            GeneralLog.Mark replicaLog = pair.replica().generalLog().on();
            return new Unchanged(
                    pair, ServerState.of(pair.source()), ServerState.of(pair.replica()), sourceLog, replicaLog);
        }

        void check() {
            List<String> onSource = StatementsThatChange.since(pair.source(), sourceLog);
            List<String> onReplica = StatementsThatChange.since(pair.replica(), replicaLog);
            assertThat(onSource).allMatch(statement -> statement.startsWith("CHECKSUM TABLE"));
            assertThat(onReplica).allMatch(statement -> statement.startsWith("CHECKSUM TABLE"));
            assertThat(ServerState.of(pair.source())).isEqualTo(source);
            assertThat(ServerState.of(pair.replica())).isEqualTo(replica);
            assertThat(source.answers().toString()).contains("[shop, t, BASE TABLE", "[shop.t, ");
        }
    }

    @Test
    void theStateOfAServerShowsEveryChange() {
        try (Pair pair = Pair.position(V80, V80)) {
            pair.source().execute("CREATE DATABASE shop", "CREATE TABLE shop.t (id INT PRIMARY KEY)");
            ServerState last = ServerState.of(pair.source());
            assertThat(ServerState.of(pair.source())).as("unchanged").isEqualTo(last);
            for (String change : List.of(
                    "SET GLOBAL max_connections = 77",
                    "SET PERSIST_ONLY max_connections = 78",
                    "RESET PERSIST max_connections",
                    "CREATE USER 'extra'@'%' IDENTIFIED BY 'extr4-P.word'",
                    "GRANT SELECT ON shop.* TO 'extra'@'%'",
                    "ALTER USER 'extra'@'%' IDENTIFIED BY 'extr5-P.word'",
                    "DROP USER 'extra'@'%'",
                    "INSERT INTO shop.t VALUES (1)",
                    "CHANGE REPLICATION FILTER REPLICATE_DO_DB = (shop)",
                    "CHANGE REPLICATION FILTER REPLICATE_DO_DB = ()",
                    "SET GLOBAL max_connections = 151")) {
                pair.source().execute(change);
                ServerState now = ServerState.of(pair.source());
                assertThat(now).as(change).isNotEqualTo(last);
                last = now;
            }
        }
    }

    @Test
    void aWrongPasswordAndAnUnreachableHostTogether() {
        ReplicationPlan plan = ReplicationPlan.from(
                        ExternalMySql.at("127.0.0.1", 1).credentials("nobody", Secret.named("source")))
                .to(ExternalMySql.at(shared.replica().host(), shared.replica().port())
                        .credentials(shared.replica().rootUser(), Secret.named("wrong")));

        List<Problem> problems = problems(shared, plan);

        assertThat(problems).hasSize(2);
        assertThat(problems.toString())
                .contains("127.0.0.1:1")
                .contains("1045")
                .doesNotContain(shared.source().rootPassword());
    }

    @Test
    void aServerWithoutTlsUnlessPlainTextIsAllowedByName() {
        assertRefused(
                withoutTls,
                ReplicationPlan.from(withoutTls.sourceEndpoint()).to(withoutTls.replicaEndpoint()),
                "TLS",
                "allowPlainText()");
    }

    @Test
    void aServerWithoutTlsWhoseCertificateIsToBeVerifiedAlsoWherePlainTextIsAllowed(@TempDir Path folder)
            throws IOException {
        Path ca = folder.resolve("ca.pem");
        Files.copy(
                Path.of(
                        withoutTls
                                .replica()
                                .query("SELECT @@datadir")
                                .get(0)
                                .get(0)
                                .toString(),
                        "ca.pem"),
                ca);

        assertRefused(
                withoutTls,
                ReplicationPlan.from(withoutTls.sourceEndpoint().tls(Tls.verifiedBy(ca)))
                        .to(withoutTls.replicaEndpoint())
                        .allowPlainText(),
                "CORE-705",
                "TLS");
    }

    @Test
    void everythingThatIsWrongAtOnce() {
        try (Pair pair = Pair.of(V80, options -> options.serverId(7), V80, options -> options.serverId(7))) {
            pair.source().execute("CREATE DATABASE shop", "CREATE TABLE shop.t (id INT PRIMARY KEY) ENGINE=MyISAM");
            pair.replica().execute("CREATE DATABASE shop", "CREATE TABLE shop.t (id INT PRIMARY KEY)");

            List<Problem> problems = problems(pair, pair.plan().withGtid());

            assertThat(problems.toString())
                    .contains("MyISAM")
                    .contains("gtid_mode")
                    .contains("allowServerIdChange()");
            assertThat(problems).extracting(problem -> problem.code().id()).contains("CORE-240");
        }
    }
}
