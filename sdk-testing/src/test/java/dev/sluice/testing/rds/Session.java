// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.rds;

import dev.sluice.testservers.MySqlServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Root's one session on a server. */
final class Session implements AutoCloseable {
    private final Connection connection;

    Session(MySqlServer server) {
        try {
            connection = server.connect();
        } catch (SQLException refused) {
            throw new AssertionError(refused);
        }
    }

    void execute(String... statements) {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException refused) {
            throw new AssertionError(refused);
        }
    }

    String value(String query) {
        return query(connection, query);
    }

    /** The first value of the first row, or {@code nothing}. */
    static String query(Connection connection, String query) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "nothing";
        } catch (SQLException refused) {
            throw new AssertionError(query, refused);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException refused) {
            throw new AssertionError(refused);
        }
    }
}
