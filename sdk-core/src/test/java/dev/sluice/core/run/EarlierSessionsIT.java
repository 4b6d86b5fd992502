// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.error.StepException;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunId;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.SessionUse;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions that earlier owners left on a replica. */
@Timeout(120)
class EarlierSessionsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final String TAGGED =
            "SELECT 1 FROM performance_schema.session_connect_attrs WHERE ATTR_NAME = 'sluice_run'";

    /** One after the other, each test ends what it began; schemas and accounts have names of their own. */
    private static SharedServers.Loan loan;

    private final SessionTags ours = SessionTags.of(new RunId("r-new"));
    private final SessionTags old = SessionTags.of(new RunId("r-old"));
    private final List<RunEvent> heard = Collections.synchronizedList(new ArrayList<>());
    private final EventQueue events = new EventQueue("sluice-events-test", List.of(heard::add));
    private final RunLog log = new RunLog(
            new RunId("r-new"),
            Clock.systemUTC(),
            Journal.inMemory().take(new RunId("r-new")),
            events,
            RetryLimits.DEFAULT);

    @BeforeAll
    static void borrow() {
        loan = SharedServers.ofThisJvm().borrow(MySqlRelease.MYSQL_8_0_31);
    }

    @AfterAll
    static void giveBack() {
        loan.close();
    }

    @AfterEach
    void close() {
        events.close();
        // A server forgets a session some time after it was closed.
        await().until(() -> loan.server().query(TAGGED).isEmpty());
    }

    private static SharedServers.Loan server(String setting, String value) {
        return SharedServers.ofThisJvm().borrow(MySqlRelease.MYSQL_8_0_31, options -> options.setting(setting, value));
    }

    private static MySqlConnector connector(MySqlServer server, String user, Map<String, String> attributes) {
        return MySqlConnector.builder()
                .address(new ServerAddress(server.host(), server.port()))
                .user(user)
                .password(() -> user.equals(server.rootUser()) ? server.rootPassword() : "pw")
                .allowPlainText()
                .attributes(attributes)
                .build();
    }

    private static MySqlSession session(MySqlServer server, Map<String, String> attributes) {
        return connector(server, server.rootUser(), attributes).open(SessionUse.CONTROL);
    }

    private void end(MySqlServer server, String user, Duration patience) {
        new EarlierSessions(ours, log, patience)
                .end(connector(server, user, ours.as(SessionTags.Role.REPLICA)), new Cancellation());
    }

    private static boolean lives(MySqlSession session) {
        return session.isAlive(Duration.ofSeconds(5));
    }

    @Test
    void onlyThoseThatWorkOnThisReplicaForAnotherRunOrProcessAreEnded() {
        onlyTheseAreEndedOn(loan.server());
    }

    @ParameterizedTest
    @EnumSource(names = "MYSQL_5_7")
    void ofAnOldServerAsWell(MySqlRelease release) {
        onlyTheseAreEndedOnOneOf(release);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource(names = {"MYSQL_8_0_15", "MYSQL_9"})
    void ofOtherServersAsWell(MySqlRelease release) {
        onlyTheseAreEndedOnOneOf(release);
    }

    private void onlyTheseAreEndedOnOneOf(MySqlRelease release) {
        try (var other = SharedServers.ofThisJvm().borrow(release)) {
            onlyTheseAreEndedOn(other.server());
        }
    }

    private void onlyTheseAreEndedOn(MySqlServer server) {
        SessionTags otherProcess = SessionTags.of(ours.run());
        try (MySqlSession ofOldRun = session(server, old.as(SessionTags.Role.REPLICA));
                MySqlSession ofOtherProcess = session(server, otherProcess.as(SessionTags.Role.REPLICA));
                MySqlSession readsFromIt = session(server, old.as(SessionTags.Role.SOURCE));
                MySqlSession claims = session(server, old.as(SessionTags.Role.CLAIM));
                MySqlSession own = session(server, ours.as(SessionTags.Role.REPLICA));
                MySqlSession ofNoRun = session(server, Map.of());
                MySqlSession ofSomethingElse = session(server, Map.of("sluice_role", "replica"))) {
            end(server, server.rootUser(), PATIENCE);

            assertThat(lives(ofOldRun)).isFalse();
            assertThat(lives(ofOtherProcess)).isFalse();
            assertThat(List.of(readsFromIt, claims, own, ofNoRun, ofSomethingElse))
                    .allMatch(EarlierSessionsIT::lives);
        }
        assertThat(heard).isEmpty();
    }

    /** What it had locked is free when this returns: that is what it is for. */
    @Test
    void aSessionInTheMiddleOfAChangeIsGoneWithItsLocks() {
        MySqlServer server = loan.server();
        server.execute("CREATE DATABASE shop", "CREATE TABLE shop.t (id INT PRIMARY KEY)");
        try (MySqlSession loading = session(server, old.as(SessionTags.Role.REPLICA))) {
            loading.execute("START TRANSACTION");
            for (int i = 0; i < 1000; i++) {
                loading.execute("INSERT INTO shop.t VALUES (" + i + ")");
            }

            end(server, server.rootUser(), PATIENCE);

            server.execute("SET SESSION lock_wait_timeout = 1", "DROP DATABASE shop");
        }
    }

    @Test
    void withoutPrivilegesThoseOfTheSameAccountAreEnded() {
        MySqlServer server = loan.server();
        server.execute("CREATE USER 'poor'@'%' IDENTIFIED BY 'pw'");
        try (MySqlSession left =
                connector(server, "poor", old.as(SessionTags.Role.REPLICA)).open(SessionUse.CONTROL)) {
            end(server, "poor", PATIENCE);

            assertThat(lives(left)).isFalse();
        }
        assertThat(heard).isEmpty();
    }

    @Test
    void oneThatIsSeenAndMayNotBeKilledIsAnError() {
        MySqlServer server = loan.server();
        server.execute(
                "CREATE USER 'seeing'@'%' IDENTIFIED BY 'pw'", "GRANT SELECT ON performance_schema.* TO 'seeing'@'%'");
        try (MySqlSession left = session(server, old.as(SessionTags.Role.REPLICA))) {
            assertThatThrownBy(() -> end(server, "seeing", PATIENCE))
                    .isInstanceOfSatisfying(
                            StepException.class, e -> assertThat(e.code()).isEqualTo(RunCode.EARLIER_SESSIONS))
                    .hasMessageContaining("Session " + left.connectionId() + " of run r-old");
            assertThat(lives(left)).isTrue();
        }
    }

    @Test
    void patienceEnds() {
        MySqlServer server = loan.server();
        try (MySqlSession left = session(server, old.as(SessionTags.Role.REPLICA))) {
            assertThatThrownBy(() -> end(server, server.rootUser(), Duration.ZERO))
                    .isInstanceOfSatisfying(
                            StepException.class, e -> assertThat(e.code()).isEqualTo(RunCode.EARLIER_SESSIONS))
                    .hasMessageContaining(left.connectionId() + "=r-old");
        }
    }

    @Test
    void aServerThatShowsNoAttributesIsNamedInAWarning() {
        try (var blind = server("performance_schema", "OFF")) {
            end(blind.server(), blind.server().rootUser(), PATIENCE);
        }
        events.close();

        assertThat(heard)
                .singleElement()
                .isInstanceOfSatisfying(
                        RunEvent.Warning.class,
                        warning -> assertThat(warning.problem().code()).isEqualTo(RunCode.SESSIONS_UNSEEN));
    }

    @Tag("long")
    @Test
    void aServerThatKeepsNoAttributesIsNamedToo() {
        try (var blind = server("performance_schema_session_connect_attrs_size", "0")) {
            end(blind.server(), blind.server().rootUser(), PATIENCE);
        }
        events.close();

        assertThat(heard).singleElement().isInstanceOf(RunEvent.Warning.class);
    }
}
