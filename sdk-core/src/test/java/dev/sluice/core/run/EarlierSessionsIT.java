// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions that earlier owners left on a replica. */
@Timeout(120)
class EarlierSessionsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

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

    @AfterEach
    void close() {
        events.close();
    }

    private static SharedServers.Loan server(MySqlRelease release, String... settings) {
        return SharedServers.ofThisJvm()
                .borrow(release, options -> settings.length == 0 ? options : options.setting(settings[0], settings[1]));
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

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_15", "MYSQL_8_0_31", "MYSQL_9"})
    void onlyThoseThatWorkOnThisReplicaForAnotherRunOrProcessAreEnded(MySqlRelease release) {
        try (var loan = server(release)) {
            MySqlServer server = loan.server();
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
        }
        assertThat(heard).isEmpty();
    }

    /** What it had locked is free when this returns: that is what it is for. */
    @Test
    void aSessionInTheMiddleOfAChangeIsGoneWithItsLocks() {
        try (var loan = server(MySqlRelease.MYSQL_8_0_31)) {
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
    }

    @Test
    void withoutPrivilegesThoseOfTheSameAccountAreEnded() {
        try (var loan = server(MySqlRelease.MYSQL_8_0_31)) {
            MySqlServer server = loan.server();
            server.execute("CREATE USER 'm'@'%' IDENTIFIED BY 'pw'");
            try (MySqlSession left =
                    connector(server, "m", old.as(SessionTags.Role.REPLICA)).open(SessionUse.CONTROL)) {
                end(server, "m", PATIENCE);

                assertThat(lives(left)).isFalse();
            }
        }
        assertThat(heard).isEmpty();
    }

    @Test
    void oneThatIsSeenAndMayNotBeKilledIsAnError() {
        try (var loan = server(MySqlRelease.MYSQL_8_0_31)) {
            MySqlServer server = loan.server();
            server.execute("CREATE USER 'm'@'%' IDENTIFIED BY 'pw'", "GRANT SELECT ON performance_schema.* TO 'm'@'%'");
            try (MySqlSession left = session(server, old.as(SessionTags.Role.REPLICA))) {
                assertThatThrownBy(() -> end(server, "m", PATIENCE))
                        .isInstanceOfSatisfying(
                                StepException.class, e -> assertThat(e.code()).isEqualTo(RunCode.EARLIER_SESSIONS))
                        .hasMessageContaining("Session " + left.connectionId() + " of run r-old");
                assertThat(lives(left)).isTrue();
            }
        }
    }

    @Test
    void patienceEnds() {
        try (var loan = server(MySqlRelease.MYSQL_8_0_31)) {
            MySqlServer server = loan.server();
            try (MySqlSession left = session(server, old.as(SessionTags.Role.REPLICA))) {
                assertThatThrownBy(() -> end(server, server.rootUser(), Duration.ZERO))
                        .isInstanceOfSatisfying(
                                StepException.class, e -> assertThat(e.code()).isEqualTo(RunCode.EARLIER_SESSIONS))
                        .hasMessageContaining(left.connectionId() + "=r-old");
            }
        }
    }

    @Test
    void aServerThatShowsNoAttributesIsNamedInAWarning() {
        try (var loan = server(MySqlRelease.MYSQL_8_0_31, "performance_schema", "OFF")) {
            end(loan.server(), loan.server().rootUser(), PATIENCE);
        }
        events.close();

        assertThat(heard)
                .singleElement()
                .isInstanceOfSatisfying(
                        RunEvent.Warning.class,
                        warning -> assertThat(warning.problem().code()).isEqualTo(RunCode.SESSIONS_UNSEEN));
    }

    @Test
    void aServerThatKeepsNoAttributesIsNamedToo() {
        try (var loan = server(MySqlRelease.MYSQL_8_0_31, "performance_schema_session_connect_attrs_size", "0")) {
            end(loan.server(), loan.server().rootUser(), PATIENCE);
        }
        events.close();

        assertThat(heard).singleElement().isInstanceOf(RunEvent.Warning.class);
    }
}
