// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.testservers.MySqlRelease;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows taken off the wire, and the connection afterwards. */
@Timeout(120)
class StreamIT {
    /** A million rows of some 60 bytes, which no buffer of connection or driver takes whole. */
    private static final String MANY =
            "SELECT a.n, REPEAT('x', 50) FROM (SELECT 1 AS n " + " UNION ALL SELECT 1".repeat(99)
                    + ") a, (SELECT 1 AS n " + " UNION ALL SELECT 1".repeat(99) + ") b, (SELECT 1 AS n "
                    + " UNION ALL SELECT 1".repeat(99) + ") c";

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_15", "MYSQL_8_0_31", "MYSQL_9"})
    void rowsArriveAndTheSessionGoesOn(MySqlRelease release) throws SQLException {
        try (MySqlSession session = session(release)) {
            assertThat(all(session, "SELECT 1, NULL, '', 'ü' UNION ALL SELECT -2, 'b', x'00', 2.50", 4))
                    .containsExactly(List.of("1", "NULL", "", "ü"), List.of("-2", "b", "\0", "2.50"));
            assertThat(all(session, "SELECT 1 FROM DUAL WHERE FALSE", 1)).isEmpty();
            assertThat(session.queryValue("SELECT 7")).contains("7");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void aRowOfMoreThanOnePacketArrives(MySqlRelease release) throws SQLException {
        try (var loan = RealServers.borrow(release)) {
            loan.server().execute("SET GLOBAL max_allowed_packet = 134217728");
            oneLongRow(RealServers.connector(loan.server()).build());
        }
    }

    private static void oneLongRow(MySqlConnector connector) throws SQLException {
        try (MySqlSession session = connector.open(SessionUse.READER);
                RawRows rows = session.stream("SELECT REPEAT('abc', 7000000), 'after'")) {
            RawValue[] row = values(2);

            assertThat(rows.next(row)).isTrue();
            assertThat(row[0].length()).isEqualTo(21_000_000);
            assertThat(text(row[0])
                            .chars()
                            .limit(1_000_000)
                            .filter(c -> c == 'c')
                            .count())
                    .isEqualTo(333_333);
            assertThat(text(row[1])).isEqualTo("after");
            assertThat(rows.next(row)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void whoHasReadEnoughLeavesTheSessionAsItWas(MySqlRelease release) throws SQLException {
        try (MySqlSession session = session(release)) {
            try (RawRows rows = session.stream(MANY)) {
                assertThat(rows.next(values(2))).isTrue();
            }
            assertThat(session.queryValue("SELECT 7")).contains("7");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void nobodyElseGetsTheConnectionWhileRowsAreOnTheirWay(MySqlRelease release) throws SQLException {
        try (MySqlSession session = session(release);
                RawRows rows = session.stream(MANY)) {
            RawValue[] row = values(2);
            assertThat(rows.next(row)).isTrue();

            assertThatThrownBy(() -> session.query("SELECT 8")).hasMessageContaining("Streaming result set");

            long more = 0;
            while (rows.next(row)) {
                more++;
            }
            assertThat(more).isEqualTo(999_999);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void anErrorInsteadOfRowsLeavesTheSessionAsItWas(MySqlRelease release) throws SQLException {
        try (MySqlSession session = session(release)) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> session.stream("SELECT nothing FROM nowhere.t"))
                    .satisfies(error -> assertThat(error.getErrorCode()).isIn(1049, 1146));
            assertThat(session.queryValue("SELECT 7")).contains("7");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void anErrorAfterSomeRowsIsToldAndLeavesTheSessionAsItWas(MySqlRelease release) throws SQLException {
        try (MySqlSession session = session(release)) {
            // The subquery of the second row has two rows.
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> all(
                            session,
                            "SELECT (SELECT 1 FROM (SELECT 1 UNION ALL SELECT 2) x WHERE n > 1 OR x.`1` = 1) FROM"
                                    + " (SELECT 1 AS n UNION ALL SELECT 2) y",
                            1))
                    .satisfies(error -> assertThat(error.getErrorCode()).isEqualTo(1242));
            assertThat(session.queryValue("SELECT 7")).contains("7");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void aQueryThatIsKilledEndsWithItsError(MySqlRelease release) throws SQLException {
        MySqlConnector connector = connector(release);
        try (MySqlSession session = connector.open(SessionUse.READER);
                RawRows rows = session.stream(MANY)) {
            RawValue[] row = values(2);
            assertThat(rows.next(row)).isTrue();
            connector.killQuery(session);

            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> {
                        while (rows.next(row)) {
                            // The error comes after what was on its way.
                        }
                    })
                    .satisfies(error -> assertThat(error.getErrorCode()).isEqualTo(1317));
            assertThat(session.queryValue("SELECT 7")).contains("7");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void aSessionThatIsKilledAmongItsRowsIsGone(MySqlRelease release) throws SQLException {
        MySqlConnector connector = connector(release);
        try (MySqlSession session = connector.open(SessionUse.READER)) {
            RawRows rows = session.stream(MANY);
            RawValue[] row = values(2);
            assertThat(rows.next(row)).isTrue();
            connector.kill(session);

            assertThatExceptionOfType(SQLException.class).isThrownBy(() -> {
                while (rows.next(row)) {
                    // What was on its way.
                }
            });
            rows.close();
            assertThatExceptionOfType(StepUnavailableException.class).isThrownBy(() -> session.query("SELECT 7"));
        }
    }

    private static List<List<String>> all(MySqlSession session, String query, int columns) throws SQLException {
        List<List<String>> all = new ArrayList<>();
        RawValue[] row = values(columns);
        try (RawRows rows = session.stream(query)) {
            while (rows.next(row)) {
                all.add(Arrays.stream(row).map(StreamIT::text).toList());
            }
        }
        return all;
    }

    private static String text(RawValue value) {
        return value.isNull()
                ? "NULL"
                : new String(value.bytes(), value.offset(), value.length(), StandardCharsets.UTF_8);
    }

    private static RawValue[] values(int count) {
        RawValue[] values = new RawValue[count];
        Arrays.setAll(values, i -> new RawValue());
        return values;
    }

    private static MySqlConnector connector(MySqlRelease release) {
        return RealServers.connector(RealServers.common(release)).build();
    }

    private static MySqlSession session(MySqlRelease release) {
        return connector(release).open(SessionUse.READER);
    }
}
