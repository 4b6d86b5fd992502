// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.facts.ServerVersion;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Brings a fresh session into the state that all of Sluice's statements count on, whatever the server's defaults are. */
final class SessionSetup {
    /** Without NO_BACKSLASH_ESCAPES and ANSI_QUOTES, which change what {@link Quote} writes; without a ban on old zero dates. */
    private static final String SQL_MODE = "STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION";

    /** Loads rows as they are: an AUTO_INCREMENT column may hold 0. */
    private static final String WRITER_SQL_MODE = SQL_MODE + ",NO_AUTO_VALUE_ON_ZERO";

    /** Below the time limit of CONTROL sessions, so that a wait ends with an error of the server and not with a lost connection. */
    private static final int LOCK_WAIT_SECONDS = 30;

    /** How long a server waits for this JVM to take or to give rows. */
    private static final int STREAM_SECONDS = 3600;

    /** MySQL's own default, against servers that hang up after a minute. */
    private static final int IDLE_SECONDS = 28_800;

    /** See {@link MySqlSession#LONGEST_SILENCE_OF_A_WRITER}. */
    private static final long WRITER_SECONDS = MySqlSession.LONGEST_SILENCE_OF_A_WRITER.toSeconds();

    /** Otherwise sizes and estimates of rows may be those of yesterday. */
    private static final String FRESH_STATISTICS = ", SESSION information_schema_stats_expiry = 0";

    private SessionSetup() {}

    /** What the server says about the session. */
    record Greeting(long connectionId, ServerVersion version, ServerLife life) {}

    static Greeting run(Connection connection, SessionUse use) throws SQLException {
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            Greeting greeting = greeting(statement);
            statement.execute(settings(use, greeting.version()));
            if (greeting.version().isAtLeast(8, 0, 0)) {
                // What the user may do by any of its roles, as its grants say.
                statement.execute("SET ROLE ALL");
            }
            return greeting;
        }
    }

    private static Greeting greeting(Statement statement) throws SQLException {
        long began = System.nanoTime();
        long uptime = uptime(statement);
        try (ResultSet result =
                statement.executeQuery("SELECT CONNECTION_ID(), VERSION(), @@GLOBAL.server_uuid, UNIX_TIMESTAMP()")) {
            if (!result.next()) {
                throw new SQLException("The server did not tell its version");
            }
            return new Greeting(
                    result.getLong(1),
                    ServerVersion.parse(result.getString(2)),
                    ServerLife.of(
                            result.getString(3),
                            uptime,
                            result.getLong(4),
                            Duration.ofNanos(System.nanoTime() - began)));
        }
    }

    private static long uptime(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Uptime'")) {
            if (!result.next()) {
                throw new SQLException("The server did not tell for how long it has been running");
            }
            return result.getLong(2);
        }
    }

    private static String settings(SessionUse use, ServerVersion version) {
        boolean writes = use == SessionUse.WRITER;
        String mode = writes ? WRITER_SQL_MODE : SQL_MODE;
        String settings = "SET NAMES utf8mb4, SESSION time_zone = '+00:00', SESSION sql_mode = '" + mode + "'"
                + ", SESSION sql_auto_is_null = 0, SESSION sql_quote_show_create = 1, SESSION sql_safe_updates = 0"
                + ", SESSION max_execution_time = 0, SESSION wait_timeout = " + (writes ? WRITER_SECONDS : IDLE_SECONDS)
                + ", SESSION lock_wait_timeout = " + LOCK_WAIT_SECONDS
                + ", SESSION innodb_lock_wait_timeout = " + LOCK_WAIT_SECONDS
                + (version.isAtLeast(8, 0, 3) ? FRESH_STATISTICS : "");
        return use == SessionUse.CONTROL
                ? settings
                : settings + ", SESSION net_write_timeout = " + STREAM_SECONDS + ", SESSION net_read_timeout = "
                        + (writes ? WRITER_SECONDS : STREAM_SECONDS);
    }
}
