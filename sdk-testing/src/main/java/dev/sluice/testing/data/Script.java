// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.data;

import dev.sluice.core.mysql.Quote;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs statements in one session whose variables are the same whatever the caller's session had. Not thread-safe. */
final class Script {
    private static final String STRICT = "ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,"
            + "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION";
    /** Session variable of 8.0.30 and newer. */
    static final String GENERATED_KEYS = "sql_generate_invisible_primary_key";

    private static final int SHOWN_OF_A_STATEMENT = 300;

    private final Connection connection;
    private final int version;

    Script(Connection connection) throws SQLException {
        this.connection = connection;
        this.version = version(connection);
    }

    /** Statements that run while a session variable has another value. */
    @FunctionalInterface
    interface Statements {
        void run() throws SQLException;
    }

    private static int version(Connection connection) throws SQLException {
        DatabaseMetaData server = connection.getMetaData();
        String patch = server.getDatabaseProductVersion().split("[^0-9]+", 4)[2];
        return number(server.getDatabaseMajorVersion(), server.getDatabaseMinorVersion(), Integer.parseInt(patch));
    }

    private static int number(int major, int minor, int patch) {
        return (major * 1000 + minor) * 1000 + patch;
    }

    /** Whether the server is of this version or newer. */
    boolean since(int major, int minor, int patch) {
        return version >= number(major, minor, patch);
    }

    /** Runs statements in order, as they stand. */
    void run(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false); // the driver would look for {escapes} in bodies and JSON
            for (String sql : statements) {
                execute(statement, sql.strip());
            }
        }
    }

    private static void execute(Statement statement, String sql) throws SQLException {
        try {
            statement.execute(sql);
        } catch (SQLException refused) {
            String shown = sql.length() > SHOWN_OF_A_STATEMENT ? sql.substring(0, SHOWN_OF_A_STATEMENT) + "…" : sql;
            throw new SQLException(
                    refused.getMessage() + "; the statement was: " + shown,
                    refused.getSQLState(),
                    refused.getErrorCode(),
                    refused);
        }
    }

    /** Makes a database the current one. */
    void use(String database) throws SQLException {
        run("USE " + Quote.identifier(database));
    }

    /** Runs statements under this {@code sql_mode}. */
    void underMode(String mode, Statements statements) throws SQLException {
        under("sql_mode", mode, statements);
    }

    /** Runs statements while a session variable has this value: text, or the digits of a number or switch. */
    void under(String variable, String value, Statements statements) throws SQLException {
        String before = valueOf(variable);
        set(variable, value);
        try {
            statements.run();
        } finally {
            set(variable, before);
        }
    }

    /** Runs statements in a session set up as by a fresh server, in UTC, and puts the caller's variables back. */
    void inOwnSession(Statements statements) throws SQLException {
        underMode(
                STRICT,
                () -> under(
                        "time_zone",
                        "+00:00",
                        () -> under(
                                "foreign_key_checks",
                                "1",
                                () -> withPrimaryKeyOptional(() -> withoutGeneratedKeys(statements)))));
    }

    private void withPrimaryKeyOptional(Statements statements) throws SQLException {
        if (since(8, 0, 13)) {
            under("sql_require_primary_key", "0", statements);
        } else {
            statements.run();
        }
    }

    private void withoutGeneratedKeys(Statements statements) throws SQLException {
        if (since(8, 0, 30)) {
            under(GENERATED_KEYS, "0", statements);
        } else {
            statements.run();
        }
    }

    /** Runs statements without foreign keys being looked at. */
    void withoutForeignKeyChecks(Statements statements) throws SQLException {
        under("foreign_key_checks", "0", statements);
    }

    /** The value of a variable in this session. */
    String valueOf(String variable) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT @@" + variable)) {
            row.next();
            return row.getString(1);
        }
    }

    private void set(String variable, String value) throws SQLException {
        String written = !value.isEmpty() && value.chars().allMatch(Character::isDigit) ? value : Quote.literal(value);
        run("SET SESSION " + variable + " = " + written);
    }
}
