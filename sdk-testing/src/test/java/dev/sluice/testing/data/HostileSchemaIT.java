// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.Unavailable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("long")
class HostileSchemaIT {
    private static final String OURS = " IN ('sluice_hostile', 'sluice1hostile', 'sluice-hostile `db`.☃ ''x'' \"y\"')";

    @Test
    void fillsMySql57() throws SQLException {
        verify(MySqlRelease.MYSQL_5_7, new Counts(106, 31, 8, 0, 32));
    }

    @Test
    void fillsMySql8015() throws SQLException {
        verify(MySqlRelease.MYSQL_8_0_15, new Counts(110, 32, 8, 0, 32));
    }

    @Test
    void fillsMySql8031() throws SQLException {
        verify(MySqlRelease.MYSQL_8_0_31, new Counts(115, 32, 8, 4, 32));
    }

    @Test
    void fillsMySql9() throws SQLException {
        verify(MySqlRelease.MYSQL_9, new Counts(116, 32, 8, 4, 32));
    }

    /** How many objects of the kinds whose number differs between versions, or is easily lost, there are. */
    private record Counts(int tables, int views, int foreignKeys, int checks, int partitions) {}

    private static void verify(MySqlRelease release, Counts expected) throws SQLException {
        Optional<Unavailable> unavailable = release.availability();
        Assumptions.assumeTrue(unavailable.isEmpty(), unavailable::toString);
        try (SharedServers.Loan loan = SharedServers.ofThisJvm().borrow(release);
                Connection connection = loan.server().connect()) {
            String session =
                    "SELECT CONCAT_WS(' ', @@sql_mode, @@time_zone, @@foreign_key_checks, @@collation_connection)";
            List<String> before = column(connection, session);

            HostileSchema.create(connection);

            assertThat(column(connection, session)).isEqualTo(before);
            assertThat(counts(connection)).isEqualTo(expected);
            hasStoredObjects(connection);
            hasWhatCopiesLose(connection);
            enumErrorValueComesWhenAskedFor(connection);
            dropsEverything(connection);
        }
    }

    private static Counts counts(Connection connection) throws SQLException {
        return new Counts(
                count(connection, "tables", "table_schema", "table_type = 'BASE TABLE'"),
                count(connection, "views", "table_schema", "TRUE"),
                count(connection, "referential_constraints", "constraint_schema", "TRUE"),
                count(connection, "table_constraints", "constraint_schema", "constraint_type = 'CHECK'"),
                count(connection, "partitions", "table_schema", "partition_name IS NOT NULL"));
    }

    private static void hasStoredObjects(Connection connection) throws SQLException {
        assertThat(count(connection, "routines", "routine_schema", "routine_type = 'PROCEDURE'"))
                .isEqualTo(24);
        assertThat(count(connection, "routines", "routine_schema", "routine_type = 'FUNCTION'"))
                .isEqualTo(26);
        assertThat(count(connection, "triggers", "trigger_schema", "TRUE")).isEqualTo(27);
        assertThat(count(connection, "events", "event_schema", "status = 'ENABLED'"))
                .isEqualTo(7);
        assertThat(count(connection, "events", "event_schema", "status = 'DISABLED'"))
                .isEqualTo(21);
        assertThat(count(connection, "routines", "routine_schema", "definer = 'gone@nowhere'"))
                .isEqualTo(2);
        assertThat(count(connection, "views", "table_schema", "definer = 'gone@nowhere'"))
                .isEqualTo(2);
        assertThat(count(connection, "triggers", "trigger_schema", "definer = 'gone@nowhere'"))
                .isEqualTo(1);
        assertThat(count(connection, "events", "event_schema", "definer = 'gone@nowhere'"))
                .isEqualTo(1);
    }

    private static void hasWhatCopiesLose(Connection connection) throws SQLException {
        assertThat(column(connection, "SELECT t FROM sluice_hostile.triggered ORDER BY id"))
                .containsExactly("one zeroth first second", "changed \\");
        assertThat(column(
                        connection,
                        "SELECT CAST(d AS CHAR) FROM sluice_hostile.zero_dates WHERE id IN (2, 4) ORDER BY id"))
                .containsExactly("2020-00-00", "0000-01-01");
        assertThat(column(
                        connection,
                        "SELECT CONCAT(f, ' ', d) FROM sluice_hostile.floats WHERE id IN (4, 6) ORDER BY id"))
                .containsExactly("1.4013e-45 5e-324", "-0 -0");
        assertThat(column(connection, "SELECT LENGTH(l) FROM sluice_hostile.bytes WHERE id = 5"))
                .containsExactly("1048576");
        assertThat(column(connection, "SELECT HEX(sjis) FROM sluice_hostile.character_sets WHERE id = 1"))
                .containsExactly("955C20905C20945C");
        assertThat(column(connection, "SELECT id FROM sluice_hostile.auto_zero ORDER BY id"))
                .containsExactly("0", "3");
        assertThat(column(connection, "SELECT twice FROM sluice_hostile.a_top ORDER BY id"))
                .containsExactly("2", "10", "6");
        assertThat(column(connection, "SELECT id FROM sluice_hostile.unsigned_keys ORDER BY id DESC LIMIT 1"))
                .containsExactly("18446744073709551615");
    }

    private static void enumErrorValueComesWhenAskedFor(Connection connection) throws SQLException {
        HostileSchema.createEnumErrorValue(connection);

        assertThat(column(
                        connection,
                        "SELECT CONCAT(e + 0, ' ', with_empty + 0) FROM sluice_hostile.enum_error_value ORDER BY id"))
                .containsExactly("0 0", "0 1", "0 0", "1 2");
    }

    private static void dropsEverything(Connection connection) throws SQLException {
        HostileSchema.drop(connection);

        assertThat(column(connection, "SELECT schema_name FROM information_schema.schemata"))
                .isNotEmpty()
                .doesNotContainAnyElementsOf(HostileSchema.databases());
    }

    private static int count(Connection connection, String view, String schema, String condition) throws SQLException {
        String counted =
                "SELECT COUNT(*) FROM information_schema." + view + " WHERE " + schema + OURS + " AND " + condition;
        return Integer.parseInt(column(connection, counted).get(0));
    }

    private static List<String> column(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }
}
