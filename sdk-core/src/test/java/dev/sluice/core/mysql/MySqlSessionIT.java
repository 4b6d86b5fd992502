// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static dev.sluice.core.mysql.RealServers.connector;
import static dev.sluice.core.mysql.RealServers.strict;
import static dev.sluice.core.mysql.RealServers.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.endpoint.Tls;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepOutcomeUnknownException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.Row;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class MySqlSessionIT {
    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_15", "MYSQL_8_0_31", "MYSQL_9"})
    void sessionsAreInAKnownStateWhateverTheServersDefaults(MySqlRelease release) {
        MySqlServer server = RealServers.common(release);

        try (MySqlSession session = connector(server).build().open(SessionUse.CONTROL)) {
            Row row = session.queryOne("SELECT @@time_zone AS zone, @@sql_mode AS mode, @@autocommit AS auto,"
                            + " @@lock_wait_timeout AS lock_wait, @@innodb_lock_wait_timeout AS row_wait,"
                            + " @@character_set_client AS client, @@character_set_results AS results,"
                            + " CONNECTION_ID() AS id")
                    .orElseThrow();
            assertThat(row.text("zone")).isEqualTo("+00:00");
            assertThat(row.text("mode")).isEqualTo("STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION");
            assertThat(row.text("auto")).isEqualTo("1");
            assertThat(row.number("lock_wait")).isEqualTo(30);
            assertThat(row.number("row_wait")).isEqualTo(30);
            assertThat(row.text("client")).isEqualTo("utf8mb4");
            assertThat(row.text("results")).isEqualTo("utf8mb4");
            assertThat(session.connectionId()).isEqualTo(row.number("id"));
            assertThat(session.version().toString()).startsWith(release.version());
            assertThat(session.isAlive(Duration.ofSeconds(5))).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_8_0_15", "MYSQL_8_0_31", "MYSQL_9"})
    void connectionsAreEncryptedEvenWherePlainTextIsAllowed(MySqlRelease release) {
        MySqlServer server = RealServers.common(release);

        try (MySqlSession session = connector(server).build().open(SessionUse.CONTROL)) {
            assertThat(session.queryOne("SHOW SESSION STATUS LIKE 'Ssl_cipher'")
                            .orElseThrow()
                            .text("Value"))
                    .isNotEmpty();
        }
    }

    @Test
    void aServerWithoutTlsIsRefusedByNameUnlessPlainTextIsAllowed() {
        MySqlServer server = RealServers.common(MySqlRelease.MYSQL_5_7);
        MySqlConnector strict =
                strict(server, server.rootUser(), server.rootPassword()).build();

        assertThatExceptionOfType(StepRefusedException.class)
                .isThrownBy(() -> strict.open(SessionUse.CONTROL))
                .withMessageContaining("allowPlainText()")
                .returns(ServerErrorCode.NO_TLS_ON_SERVER, StepException::code);

        MySqlConnector lenient = connector(server).build();
        try (MySqlSession first = lenient.open(SessionUse.CONTROL);
                MySqlSession second = lenient.open(SessionUse.READER)) {
            assertThat(first.queryValue("SELECT 1")).contains("1");
            assertThat(second.queryValue("SELECT 1")).contains("1");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_8_0_31", "MYSQL_9"})
    void aCertificateIsBelievedOnlyIfTheGivenAuthoritySignedIt(MySqlRelease release, @TempDir Path folder)
            throws Exception {
        MySqlServer server = RealServers.common(release);
        String dataDirectory =
                String.valueOf(server.query("SELECT @@datadir").get(0).get(0));
        Path ca = Path.of(dataDirectory, "ca.pem");
        Path other = Files.copy(Path.of("src/test/resources/other-ca.pem"), folder.resolve("other.pem"));

        try (MySqlSession session =
                connector(server).tls(Tls.verifiedBy(ca)).build().open(SessionUse.CONTROL)) {
            assertThat(session.queryValue("SELECT 1")).contains("1");
        }
        assertThatExceptionOfType(StepRefusedException.class)
                .isThrownBy(() ->
                        connector(server).tls(Tls.verifiedBy(other)).build().open(SessionUse.CONTROL))
                .returns(ServerErrorCode.CERTIFICATE_NOT_TRUSTED, StepException::code);
        assertThatExceptionOfType(StepRefusedException.class)
                .isThrownBy(() -> connector(server)
                        .tls(Tls.verifiedIdentityBy(ca))
                        .build()
                        .open(SessionUse.CONTROL))
                .returns(ServerErrorCode.CERTIFICATE_NOT_TRUSTED, StepException::code);
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_15", "MYSQL_8_0_31", "MYSQL_9"})
    void aWrongPasswordIsRefusedAndNeverShown(MySqlRelease release) {
        MySqlServer server = RealServers.common(release);

        assertThatExceptionOfType(StepRefusedException.class)
                .isThrownBy(() -> connector(server, "root", "hunter2").build().open(SessionUse.CONTROL))
                .withMessageContaining("'root'@")
                .withMessageNotContaining("hunter2")
                .returns(ServerErrorCode.LOGIN_REFUSED, StepException::code);
    }

    @Test
    void aHostThatCannotBeReachedMayBeTriedAgain() {
        assertThatExceptionOfType(StepUnavailableException.class)
                .isThrownBy(() -> unreachable("127.0.0.1", 1))
                .returns(ServerErrorCode.CONNECTION_REFUSED, StepException::code);
        assertThatExceptionOfType(StepUnavailableException.class)
                .isThrownBy(() -> unreachable("no-such-host.invalid", 3306))
                .returns(ServerErrorCode.HOST_UNKNOWN, StepException::code);
    }

    private static void unreachable(String host, int port) {
        MySqlConnector.builder()
                .address(new ServerAddress(host, port))
                .user("u")
                .password(() -> "")
                .connectTimeout(Duration.ofSeconds(5))
                .build()
                .open(SessionUse.CONTROL);
    }

    @Test
    void aServerThatTakesTheConnectionAndSaysNothingIsGivenUpAtTheTimeLimit() {
        try (var loan = RealServers.borrow(MySqlRelease.MYSQL_8_0_31)) {
            loan.server().pause();
            MySqlConnector connector = connector(loan.server())
                    .connectTimeout(Duration.ofSeconds(1))
                    .build();

            assertThatExceptionOfType(StepUnavailableException.class)
                    .isThrownBy(() -> connector.open(SessionUse.READER))
                    .returns(ServerErrorCode.CONNECT_TIMED_OUT, StepException::code);
            loan.server().resume();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_15", "MYSQL_8_0_31", "MYSQL_9"})
    void hostileNamesAndValuesAreStoredAndNeverRun(MySqlRelease release) {
        MySqlServer server = RealServers.common(release);
        List<String> hostile = List.of(
                "a`b", "a'b", "a\"b", "a\\", "a\\'b", "a.b", "a b", "a\nb", "☃", "a;b", "-- x", "/*", "%_", "{d}");

        try (MySqlSession session = connector(server).build().open(SessionUse.CONTROL)) {
            for (String name : hostile) {
                TableName table = TableName.of(unique(name + "-"), name);
                session.execute("CREATE DATABASE " + Quote.identifier(table.database()));
                session.execute("CREATE TABLE " + Quote.identifier(table) + " (" + Quote.identifier(name)
                        + " VARCHAR(50) CHARACTER SET utf8mb4)");
                session.execute("INSERT INTO " + Quote.identifier(table) + " VALUES (" + Quote.literal(name) + ")");

                assertThat(session.queryOne("SELECT * FROM " + Quote.identifier(table))
                                .orElseThrow()
                                .text(name))
                        .isEqualTo(name);
                assertThat(session.query("SELECT 1 FROM information_schema.TABLES WHERE TABLE_SCHEMA = "
                                + Quote.literal(table.database()) + " AND TABLE_NAME LIKE "
                                + Quote.literal(Quote.wildPattern(name))))
                        .hasSize(1);
                session.execute("DROP DATABASE " + Quote.identifier(table.database()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void aLiteralStaysOneLiteralUnderEverySqlMode(MySqlRelease release) {
        MySqlServer server = RealServers.common(release);
        String value = "\\' OR 1=1 -- \\\\'\" {d '1'} 😀";

        try (MySqlSession session = connector(server).build().open(SessionUse.CONTROL)) {
            assertThat(session.queryValue("SELECT " + Quote.literal(value))).contains(value);
            session.execute("SET SESSION sql_mode = 'ANSI_QUOTES'");
            assertThat(session.queryValue("SELECT " + Quote.literal(value))).contains(value);
            session.execute("SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES'");
            assertThat(session.queryValue("SELECT " + Quote.literal(value))).contains(value.replace("\\", "\\\\"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_15", "MYSQL_8_0_31", "MYSQL_9"})
    void rowsAreStreamedIntoATableAndTheServerTellsWhatItSkipped(MySqlRelease release) {
        MySqlServer server = RealServers.common(release);
        String database = unique("load");
        String load = "LOAD DATA LOCAL INFILE 'rows' INTO TABLE " + database + ".t CHARACTER SET utf8mb4";

        try (MySqlSession session = connector(server).build().open(SessionUse.WRITER)) {
            session.execute("CREATE DATABASE " + database);
            session.execute("CREATE TABLE " + database + ".t (a INT PRIMARY KEY, b VARCHAR(9) CHARACTER SET utf8mb4)");

            assertThat(session.loadLocal(load, stream("1\tone\n2\t☃\n")).isComplete(2))
                    .isTrue();
            assertThat(session.loadLocal(load, stream("2\tdup\n3\tthree\n"))).isEqualTo(new LoadOutcome(2, 0, 1, 1));

            assertThat(session.query("SELECT b FROM " + database + ".t ORDER BY a"))
                    .extracting(row -> row.text("b"))
                    .containsExactly("one", "☃", "three");
            session.execute("DROP DATABASE " + database);
        }
    }

    private static ByteArrayInputStream stream(String rows) {
        return new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void aFileOfThisHostIsNeverReadByASessionOfAnyUse(MySqlRelease release, @TempDir Path folder) throws Exception {
        MySqlServer server = RealServers.common(release);
        String database = unique("file");
        Path file = Files.writeString(folder.resolve("secret"), "1\n2\n");
        String load = "LOAD DATA LOCAL INFILE " + Quote.literal(file.toString()) + " INTO TABLE " + database + ".t";

        try (MySqlSession writer = connector(server).build().open(SessionUse.WRITER);
                MySqlSession reader = connector(server).build().open(SessionUse.READER)) {
            writer.execute("CREATE DATABASE " + database);
            writer.execute("CREATE TABLE " + database + ".t (a INT PRIMARY KEY)");
            writer.loadLocal(load, stream("7\n"));

            writer.execute(load);
            assertThatExceptionOfType(StepRefusedException.class).isThrownBy(() -> reader.execute(load));

            assertThat(writer.query("SELECT a FROM " + database + ".t")).hasToString("[{a=7}]");
            writer.execute("DROP DATABASE " + database);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_15", "MYSQL_8_0_31", "MYSQL_9"})
    void cancellingEndsARunningStatementAndTheSession(MySqlRelease release) {
        MySqlServer server = RealServers.common(release);
        MySqlConnector connector = connector(server).build();
        Cancellation cancellation = new Cancellation();

        try (MySqlSession session = connector.open(SessionUse.CONTROL);
                MySqlSession watcher = connector.open(SessionUse.CONTROL);
                Cancellation.Registration watch = session.cancellable(cancellation, connector)) {
            CompletableFuture<Void> cancelled = CompletableFuture.runAsync(() -> {
                await().until(() -> isRunning(watcher, session.connectionId(), "SLEEP"));
                cancellation.cancel();
            });

            assertThatExceptionOfType(StepUnavailableException.class)
                    .isThrownBy(() -> session.query("SELECT SLEEP(60)"));
            cancelled.join();
            assertThat(session.isAlive(Duration.ofSeconds(1))).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void aStatementThatIsKilledInAChangeHasAnUnknownOutcomeAndTheSessionLives(MySqlRelease release) {
        MySqlServer server = RealServers.common(release);
        MySqlConnector connector = connector(server).build();
        String database = unique("kill");

        try (MySqlSession session = connector.open(SessionUse.CONTROL);
                MySqlSession watcher = connector.open(SessionUse.CONTROL)) {
            session.execute("CREATE DATABASE " + database);
            session.execute("CREATE TABLE " + database + ".t (a INT)");
            CompletableFuture<Void> killed = CompletableFuture.runAsync(() -> {
                await().until(() -> isRunning(watcher, session.connectionId(), "INSERT"));
                connector.killQuery(session);
            });

            // SLEEP returns 1 when it is killed, so that something has to fail after it.
            assertThatExceptionOfType(StepOutcomeUnknownException.class)
                    .isThrownBy(() -> session.execute(
                            "INSERT INTO " + database + ".t SELECT SLEEP(60) FROM information_schema.COLLATIONS"))
                    .returns(ServerErrorCode.OUTCOME_UNKNOWN, StepException::code);
            killed.join();
            assertThat(session.queryValue("SELECT COUNT(*) FROM " + database + ".t"))
                    .contains("0");
            session.execute("DROP DATABASE " + database);
        }
    }

    private static boolean isRunning(MySqlSession watcher, long id, String beginningOrPart) {
        return watcher.query("SHOW PROCESSLIST").stream()
                .anyMatch(row ->
                        row.number("Id") == id && row.find("Info").orElse("").contains(beginningOrPart));
    }

    @Test
    void whoHasTheNumberOfASessionAfterARestartIsNotKilled() {
        isNotKilledForItsNumber(MySqlRelease.MYSQL_8_0_31);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_9"})
    void whoHasItOnOtherServersIsNotKilledEither(MySqlRelease release) {
        isNotKilledForItsNumber(release);
    }

    /** After a restart numbers begin anew. Without the performance schema, too. */
    private static void isNotKilledForItsNumber(MySqlRelease release) {
        try (var loan =
                SharedServers.ofThisJvm().borrow(release, options -> options.setting("performance_schema", "OFF"))) {
            MySqlConnector connector = connector(loan.server()).build();
            List<MySqlSession> before = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                before.add(connector.open(SessionUse.CONTROL));
            }
            MySqlSession gone = before.get(4);
            await().until(() -> gone.queryOne("SHOW GLOBAL STATUS LIKE 'Uptime'")
                    .filter(row -> row.number("Value") > 2)
                    .isPresent());
            loan.server().restart();
            List<MySqlSession> others = new ArrayList<>();
            do {
                others.add(connector.open(SessionUse.CONTROL));
            } while (others.get(others.size() - 1).connectionId() < gone.connectionId());
            MySqlSession last = others.get(others.size() - 1);
            assertThat(last.connectionId()).isEqualTo(gone.connectionId());

            assertThatExceptionOfType(StepRefusedException.class)
                    .isThrownBy(() -> connector.kill(gone))
                    .returns(ServerErrorCode.SESSION_ELSEWHERE, StepException::code);

            assertThat(last.isAlive(Duration.ofSeconds(5))).isTrue();
            connector.kill(last);
            assertThat(last.isAlive(Duration.ofSeconds(5))).isFalse();
            others.forEach(MySqlSession::close);
            before.forEach(MySqlSession::close);
        }
    }

    /** Whoever claims a replica that was forgotten for its silence finds no session that could wake up. */
    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void aWritersSessionThatSaysNothingIsSoonEndedByItsServer(MySqlRelease release) {
        MySqlConnector connector = connector(RealServers.common(release)).build();
        try (MySqlSession writer = connector.open(SessionUse.WRITER);
                MySqlSession reader = connector.open(SessionUse.READER)) {
            assertThat(writer.queryValue("SELECT CONCAT(@@SESSION.wait_timeout, ' ', @@SESSION.net_read_timeout)"))
                    .contains("25 25");
            assertThat(reader.queryValue("SELECT CONCAT(@@SESSION.wait_timeout, ' ', @@SESSION.net_read_timeout)"))
                    .contains("28800 3600");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void killingASessionThatIsGoneIsFine(MySqlRelease release) {
        MySqlServer server = RealServers.common(release);
        MySqlConnector connector = connector(server).build();
        MySqlSession gone = connector.open(SessionUse.CONTROL);

        gone.close();
        gone.close();
        connector.kill(gone);
        connector.killQuery(gone);

        assertThat(gone.isAlive(Duration.ofSeconds(1))).isFalse();
        assertThatExceptionOfType(StepUnavailableException.class).isThrownBy(() -> gone.query("SELECT 1"));
        assertThatExceptionOfType(StepOutcomeUnknownException.class).isThrownBy(() -> gone.execute("SELECT 1"));
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_15", "MYSQL_8_0_31", "MYSQL_9"})
    void sessionsOfADeadRunAreFoundByTheirAttributesAndEndedWithoutAnyPrivilege(MySqlRelease release) {
        MySqlServer server = RealServers.common(release);
        String user = unique("tag");
        server.execute("CREATE USER '" + user + "'@'%' IDENTIFIED BY 'pw'");
        Map<String, String> dead = Map.of("sluice_run", unique("r-"), "sluice_token", "1");
        MySqlConnector old = connector(server, user, "pw").attributes(dead).build();
        MySqlConnector alive = connector(server, user, "pw")
                .attributes(Map.of("sluice_run", dead.get("sluice_run"), "sluice_token", "2"))
                .build();

        try (MySqlSession lost = old.open(SessionUse.WRITER);
                MySqlSession other = alive.open(SessionUse.CONTROL);
                MySqlSession owner = alive.open(SessionUse.CONTROL)) {
            List<Long> found = TaggedSessions.find(owner, dead);
            TaggedSessions.end(owner, found, Duration.ofSeconds(30), new Cancellation());

            assertThat(found).containsExactly(lost.connectionId());
            // The performance schema forgets a session a moment after the list of sessions does.
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> TaggedSessions.find(owner, dead).isEmpty());
            assertThat(lost.isAlive(Duration.ofSeconds(1))).isFalse();
            assertThat(other.isAlive(Duration.ofSeconds(1))).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31"})
    void aHostsOwnConnectionsServeAsWellAsOurs(MySqlRelease release) {
        MySqlServer server = RealServers.common(release);
        List<Connection> opened = new ArrayList<>();
        MySqlConnector connector = strict(server, server.rootUser(), "not asked for")
                .connectionSource(request -> {
                    Properties properties = new Properties();
                    properties.putAll(request.properties());
                    properties.putAll(Map.of("user", request.user(), "password", server.rootPassword()));
                    properties.put("sslMode", "PREFERRED");
                    opened.add(DriverManager.getConnection("jdbc:mysql://" + request.address() + "/", properties));
                    return opened.get(opened.size() - 1);
                })
                .build();

        try (MySqlSession writer = connector.open(SessionUse.WRITER);
                MySqlSession reader = connector.open(SessionUse.READER)) {
            assertThat(writer.streamsRows()).isTrue();
            assertThat(reader.streamsRows()).isFalse();
            assertThat(reader.connection()).isSameAs(opened.get(1));
            assertThat(reader.queryValue("SELECT @@time_zone")).contains("+00:00");
            assertThat(TaggedSessions.find(reader, Map.of("program_name", "sluice")))
                    .contains(writer.connectionId());
        }
        assertThat(opened)
                .allSatisfy(connection -> assertThat(connection.isClosed()).isTrue());
    }

    @Test
    void cancellingGivesControlBackWithinFiveSecondsThoughNoServerAnswers() {
        try (var loan = RealServers.borrow(MySqlRelease.MYSQL_8_0_31)) {
            MySqlConnector connector = connector(loan.server()).build();
            Cancellation cancellation = new Cancellation();
            List<MySqlSession> sessions = Stream.generate(() -> connector.open(SessionUse.READER))
                    .limit(4)
                    .toList();
            sessions.forEach(session -> session.cancellable(cancellation, connector));
            loan.server().pause();
            List<CompletableFuture<Throwable>> failures = sessions.stream()
                    .map(session -> CompletableFuture.supplyAsync(
                            () -> catchThrowable(() -> session.query("SELECT SLEEP(60)"))))
                    .toList();

            long begin = System.nanoTime();
            cancellation.cancel();
            List<Throwable> thrown =
                    failures.stream().map(CompletableFuture::join).toList();

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
            assertThat(thrown).hasSize(4).allMatch(StepUnavailableException.class::isInstance);
            loan.server().resume();
        }
    }

    @Test
    void aLostServerIsUnavailableToReadsAndUnknownToChanges() {
        try (var loan = RealServers.borrow(MySqlRelease.MYSQL_8_0_31)) {
            MySqlConnector connector = connector(loan.server()).build();
            try (MySqlSession reading = connector.open(SessionUse.CONTROL);
                    MySqlSession changing = connector.open(SessionUse.CONTROL)) {
                loan.server().kill();

                assertThatExceptionOfType(StepUnavailableException.class)
                        .isThrownBy(() -> reading.query("SELECT 1"))
                        .returns(ServerErrorCode.CONNECTION_LOST, StepException::code);
                assertThatExceptionOfType(StepOutcomeUnknownException.class)
                        .isThrownBy(() -> changing.execute("CREATE DATABASE lost"));
            }
        }
    }
}
