// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.PreflightReport;
import dev.sluice.api.secret.Secret;
import dev.sluice.testservers.MySqlRelease;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What checks scan servers for, on real ones: each finds what is there, and nothing on a database without it. */
@Timeout(180)
@Tag("long")
class ScanChecksIT {
    private static final FreeSpace UNKNOWN = (directory, uuid) -> OptionalLong.empty();

    private static final String[] PLAIN = {
        "CREATE DATABASE plain",
        "CREATE TABLE plain.t (id INT PRIMARY KEY, n INT)",
        "CREATE VIEW plain.v AS SELECT n FROM plain.t"
    };

    /** Of the second one of each log, which tells the GTIDs before it. */
    private static final long INSIDE_AN_EVENT = 140;

    private static ReplicationPlan plain(ReplicationPlan plan) {
        return plan.databases("plain");
    }

    private static ReplicationPlan odd(ReplicationPlan plan) {
        return plan.databases("odd");
    }

    private static Set<String> found(PreflightReport report) {
        assertThat(report.findings())
                .extracting(found -> found.problem().code())
                .doesNotContain(CheckCode.CHECK_FAILED, CheckCode.CHECK_LATE);
        return report.findings().stream().map(Finding::check).collect(Collectors.toSet());
    }

    private static String evidence(PreflightReport report, String check) {
        return report.findings().stream()
                .filter(finding -> finding.check().equals(check))
                .map(Finding::evidence)
                .collect(Collectors.joining("\n"));
    }

    private static void run(Connection connection, String... statements) {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void whatANewerSeriesRefusesIsTold() throws SQLException {
        String[] zone = {
            "INSERT INTO mysql.time_zone (Time_zone_id, Use_leap_seconds) VALUES (1, 'N')",
            "INSERT INTO mysql.time_zone_name VALUES ('Europe/Paris', 1)",
            "INSERT INTO mysql.time_zone_transition_type VALUES (1, 0, 3600, 0, 'CET')"
        };
        String program = "CREATE PROCEDURE odd.p() SELECT rank FROM odd.t";
        try (RealPair pair = RealPair.of(MySqlRelease.MYSQL_5_7, MySqlRelease.MYSQL_8_0_31);
                Connection source = pair.source().connect()) {
            run(source, PLAIN);
            run(
                    source,
                    "CREATE DATABASE odd",
                    "CREATE TABLE odd.t (id INT PRIMARY KEY, rank INT)",
                    program,
                    "CREATE PROCEDURE odd.quoted() SELECT `rank`, t.rank, 'rank' FROM odd.t -- rank",
                    "CREATE VIEW odd.v AS SELECT rank FROM odd.t GROUP BY rank DESC",
                    "CREATE VIEW odd.f AS SELECT PASSWORD('x') AS p");
            run(source, zone);

            PreflightReport odd = pair.preflight(ScanChecksIT::odd);
            Set<String> inPlain = found(pair.preflight(ScanChecksIT::plain));

            assertThat(found(odd)).contains("reserved-words", "time-zones-missing");
            assertThat(evidence(odd, "reserved-words")).contains("rank in odd.t");
            assertThat(evidence(odd, "reserved-words-in-programs"))
                    .contains("routine odd.p for RANK")
                    .doesNotContain("quoted");
            assertThat(evidence(odd, "removed-sql"))
                    .contains("GROUP BY … ASC or DESC in view odd.v", "PASSWORD() in view odd.f")
                    .doesNotContain("routine");
            assertThat(inPlain)
                    .contains("time-zones-missing")
                    .doesNotContain("reserved-words", "reserved-words-in-programs", "removed-sql");
            pair.replica().execute("CREATE DATABASE odd", "CREATE TABLE odd.t (id INT PRIMARY KEY, `rank` INT)");
            assertThatThrownBy(() -> pair.replica().execute(program)).hasMessageContaining("syntax");
            run(
                    source,
                    "DELETE FROM mysql.time_zone_name",
                    "DELETE FROM mysql.time_zone",
                    "DELETE FROM mysql.time_zone_transition_type");
        }
    }

    @Test
    void whatAnOlderReleaseDoesNotKnowIsTold() {
        try (RealPair pair = RealPair.of(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_15)) {
            pair.source().execute(PLAIN);
            pair.source()
                    .execute(
                            "CREATE DATABASE odd",
                            "CREATE TABLE odd.t (id INT PRIMARY KEY, a VARCHAR(9) COLLATE utf8mb4_nb_0900_ai_ci,"
                                    + " b VARCHAR(9) COLLATE utf8mb3_bin)");

            assertThat(evidence(pair.preflight(ScanChecksIT::odd), "collation-unknown"))
                    .contains("does not know utf8mb4_nb_0900_ai_ci");
            assertThat(found(pair.preflight(ScanChecksIT::plain))).doesNotContain("collation-unknown");
            assertThat(pair.refusals(ScanChecksIT::plain)).isEmpty();

            pair.source().execute("SET GLOBAL binlog_transaction_compression = ON");

            assertThat(pair.refusals(ScanChecksIT::plain))
                    .extracting(Problem::code)
                    .containsExactly(LogCode.LOG_NOT_UNDERSTOOD);
        }
    }

    @Test
    void fractionsThatCountUpAreRefusedByNewerServers() {
        String table = "CREATE TABLE odd.t (id DOUBLE NOT NULL AUTO_INCREMENT PRIMARY KEY)";
        try (RealPair pair = RealPair.of(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_9)) {
            pair.source().execute(PLAIN);
            pair.source().execute("CREATE DATABASE odd", table);

            assertThat(evidence(pair.preflight(ScanChecksIT::odd), "float-auto-increment"))
                    .contains("id of odd.t");
            assertThat(found(pair.preflight(ScanChecksIT::plain))).doesNotContain("float-auto-increment");
            pair.replica().execute("CREATE DATABASE odd");
            assertThatThrownBy(() -> pair.replica().execute(table)).hasMessageContaining("Incorrect column specifier");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void whatIsInTheWayOfACopyIsTold(MySqlRelease release) throws SQLException {
        try (RealPair pair = RealPair.of(release);
                Connection session = pair.source().connect()) {
            pair.source().execute(PLAIN);
            pair.source()
                    .execute(
                            "CREATE DATABASE odd",
                            "CREATE TABLE odd.t (id INT PRIMARY KEY, body LONGTEXT)",
                            "CREATE TABLE odd._t_gho (id INT PRIMARY KEY)",
                            "CREATE TABLE odd._t_new (id INT PRIMARY KEY)",
                            "CREATE TABLE odd._u_new (id INT PRIMARY KEY)",
                            "CREATE TABLE odd.gone (id INT PRIMARY KEY)",
                            "CREATE VIEW odd.v AS SELECT id FROM odd.gone",
                            "DROP TABLE odd.gone",
                            "CREATE VIEW odd.w AS SELECT p.n FROM plain.t p JOIN odd.t o ON o.id = p.id",
                            "CREATE TRIGGER odd.pt_osc_odd_t_del AFTER DELETE ON odd.t FOR EACH ROW SET @x = 1",
                            "INSERT INTO odd.t VALUES (1, REPEAT('x', 3000000))",
                            "ANALYZE TABLE odd.t");
            pair.replica().execute("SET GLOBAL max_allowed_packet = 1048576", "SET GLOBAL max_connections = 12");
            run(session, "SET SESSION sql_log_bin = 0");

            PreflightReport odd = pair.preflight(ScanChecksIT::odd);
            Set<String> inPlain = found(pair.preflight(ScanChecksIT::plain));

            assertThat(found(odd))
                    .contains(
                            "broken-views",
                            "online-schema-change",
                            "widest-row",
                            "connections-left",
                            "session-formats");
            assertThat(evidence(odd, "broken-views")).contains("odd.v").doesNotContain("odd.w");
            assertThat(evidence(odd, "views-across-scope"))
                    .contains("odd.w, which reads plain.t")
                    .doesNotContain("odd.t");
            assertThat(evidence(odd, "online-schema-change"))
                    .contains("table odd._t_gho", "table odd._t_new", "trigger odd.pt_osc_odd_t_del")
                    .doesNotContain("_u_new");
            assertThat(evidence(odd, "widest-row")).contains("odd.t takes 3000000 bytes");
            assertThat(evidence(odd, "connections-left")).contains("of 12 connections");
            assertThat(evidence(odd, "session-formats")).contains("sql_log_bin=OFF");
            assertThat(inPlain)
                    .doesNotContain(
                            "broken-views",
                            "views-across-scope",
                            "online-schema-change",
                            "widest-row",
                            "tables-encrypted");
            run(session, "SET SESSION sql_log_bin = 1");
            pair.replica().execute("SET GLOBAL max_connections = 100");
            assertThat(found(pair.preflight(ScanChecksIT::plain)))
                    .doesNotContain("session-formats", "connections-left");
            assertThat(pair.ask(new SpaceNeeded(1, UNKNOWN), ScanChecksIT::odd))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.what()).contains("MiB on the source", "/"));
            assertThat(pair.ask(new SpaceNeeded(1L << 40, UNKNOWN), ScanChecksIT::odd))
                    .isEmpty();
            assertThat(freeOnTheReplica(pair)).isPresent();
        }
    }

    /** It runs on this host, which its data directory proves. */
    private static OptionalLong freeOnTheReplica(RealPair pair) {
        List<String> server =
                pair.replica().query("SELECT @@datadir, @@server_uuid").get(0);
        return new SpaceOnThisHost().in(server.get(0), server.get(1));
    }

    @Test
    void sessionsInAnotherFormatAreTold() throws SQLException {
        try (RealPair pair = RealPair.of(MySqlRelease.MYSQL_8_0_31);
                Connection old = pair.source().connect()) {
            pair.source().execute(PLAIN);
            run(old, "SET SESSION binlog_format = 'STATEMENT'", "SET SESSION binlog_row_image = 'MINIMAL'");

            assertThat(evidence(pair.preflight(ScanChecksIT::plain), "session-formats"))
                    .contains("binlog_format=STATEMENT", "binlog_row_image=MINIMAL");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void ddlThatRunsIsToldByItsFirstWord(MySqlRelease release) throws SQLException {
        try (RealPair pair = RealPair.of(release);
                Connection reader = pair.source().connect();
                Connection changer = pair.source().connect()) {
            pair.source().execute(PLAIN);
            assertThat(found(pair.preflight(ScanChecksIT::plain))).doesNotContain("open-ddl");
            reader.setAutoCommit(false);
            run(reader, "SELECT * FROM plain.t");
            CompletableFuture<Void> altering =
                    CompletableFuture.runAsync(() -> run(changer, "ALTER TABLE plain.t ADD secret INT"));

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(
                                    evidence(pair.preflight(plan -> plain(plan).skipChecks("widest-row")), "open-ddl"))
                            .contains("has been running ALTER")
                            .doesNotContain("secret"));

            reader.rollback();
            assertThat(altering).succeedsWithin(Duration.ofSeconds(20));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void eventsThatRunOnBothAreToldWithTheirRemedy(MySqlRelease release) {
        try (RealPair pair = RealPair.of(release)) {
            pair.source().execute(PLAIN);
            pair.replica().execute(PLAIN);
            String event = "CREATE EVENT plain.tick ON SCHEDULE EVERY 1 DAY DO DELETE FROM plain.t";
            pair.source().execute(event);
            pair.replica().execute(event, "SET GLOBAL event_scheduler = ON");
            Coordinates start = new Coordinates(
                    pair.situation(ScanChecksIT::plain).source().serverUuid(),
                    "",
                    new BinlogPosition(
                            pair.source().query("SHOW BINARY LOGS").get(0).get(0), 4),
                    null,
                    Instant.EPOCH,
                    "given");

            assertThat(pair.ask(new EventsTwice(), plan -> plain(plan).startingFrom(start)))
                    .singleElement()
                    .satisfies(problem -> {
                        assertThat(problem.what()).contains("`plain`.`tick`");
                        pair.replica().execute(problem.remedy().replaceFirst("^On the replica: ", ""));
                    });
            assertThat(pair.ask(new EventsTwice(), plan -> plain(plan).startingFrom(start)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void anAccountThatIsThereIsTriedOnTheLogItself(MySqlRelease release) {
        try (RealPair pair = RealPair.of(release)) {
            pair.source().execute(PLAIN);
            pair.source().execute("CREATE USER 'repl'@'%' IDENTIFIED BY 'right'");

            Finding lacking = proof(pair, "right", 4);
            assertThat(lacking.level()).isEqualTo(Finding.Level.ERROR);
            assertThat(lacking.evidence()).contains("REPLICATION SLAVE");
            pair.source().execute("GRANT REPLICATION SLAVE ON *.* TO 'repl'@'%'");
            assertThat(proof(pair, "wrong", 4).level()).isEqualTo(Finding.Level.NOTE);
            assertThat(proof(pair, "right", INSIDE_AN_EVENT).level()).isEqualTo(Finding.Level.ERROR);
            assertThat(proof(pair, "right", 4)).isNull();
        }
    }

    /** By position, which servers of 9 do not follow by themselves. The reference of the secret is the password. */
    private static @Nullable Finding proof(RealPair pair, String password, long position) {
        Coordinates start = new Coordinates(
                pair.situation(ScanChecksIT::plain).source().serverUuid(),
                "",
                new BinlogPosition(
                        pair.source().query("SHOW BINARY LOGS").get(0).get(0), position),
                null,
                Instant.EPOCH,
                "given");
        return pair
                .preflight(plan -> plain(plan)
                        .withBinlogPosition()
                        .startingFrom(start)
                        .replicationUser("repl", Secret.named(password)))
                .findings()
                .stream()
                .filter(finding -> finding.check().equals("replication-account"))
                .findFirst()
                .orElse(null);
    }
}
