// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testservers.GeneralLog.Entry;
import dev.sluice.testservers.GeneralLog.Mark;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GeneralLogIT {
    private static final String LINES =
            "SELECT 'first line\n2026-11-21T08:00:00.000000Z looks like a time\n\n\tlast', '\u00e4\u20ac\ud83d\ude00'";

    @ParameterizedTest
    @EnumSource(names = "MYSQL_8_0_33", mode = EnumSource.Mode.EXCLUDE)
    void statementsAreReadAsTheyWereSent(MySqlRelease release) throws SQLException {
        Optional<Unavailable> unavailable = release.availability();
        Assumptions.assumeTrue(unavailable.isEmpty(), unavailable::toString);
        try (var loan = SharedServers.ofThisJvm().borrow(release)) {
            GeneralLog log = loan.server().generalLog();
            Mark mark = log.on();
            Instant before = Instant.now();

            long connectionId = run(loan.server(), LINES, "CREATE USER u@localhost IDENTIFIED BY 'hush'", "SELECT 3");

            // The server notes the end of a session some time after its client has left.
            await().until(() -> log.entriesSince(mark).stream()
                    .anyMatch(entry -> entry.command().equals("Quit")));
            List<Entry> entries = log.entriesSince(mark);
            List<Entry> own = entries.stream()
                    .filter(entry -> entry.connectionId() == connectionId)
                    .toList();
            assertThat(entries.get(0).command()).isEqualTo("Connect");
            assertThat(own.get(0).command()).isEqualTo("Connect");
            assertThat(own.get(0).text()).startsWith("root@localhost");
            assertThat(own).extracting(Entry::text).containsSubsequence(LINES, "SELECT 3");
            assertThat(own).last().extracting(Entry::command).isEqualTo("Quit");
            assertThat(entries).extracting(Entry::text).noneMatch(text -> text.contains("hush"));
            assertThat(own)
                    .allSatisfy(entry -> assertThat(entry.at())
                            .isBetween(
                                    before.minus(Duration.ofMinutes(1)),
                                    Instant.now().plus(Duration.ofMinutes(1))));
        }
    }

    @Test
    void aMarkHidesWhatWasBeforeAndARestartDoesNotDisturb() throws SQLException {
        try (var loan =
                SharedServers.ofThisJvm().borrow(MySqlRelease.MYSQL_8_0_31, o -> o.setting("general_log", "ON"))) {
            GeneralLog log = loan.server().generalLog();
            run(loan.server(), "SELECT 'before'");
            Mark mark = log.mark();

            loan.server().restart();
            run(loan.server(), "SELECT 'after'");

            assertThat(log.entriesSince(mark))
                    .extracting(Entry::text)
                    .contains("SELECT 'after'")
                    .noneMatch(text -> text.contains("'before'") || text.contains("Tcp port"));
        }
    }

    private static long run(MySqlServer server, String... statements) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
            try (var id = statement.executeQuery("SELECT CONNECTION_ID()")) {
                assertThat(id.next()).isTrue();
                return id.getLong(1);
            }
        }
    }
}
