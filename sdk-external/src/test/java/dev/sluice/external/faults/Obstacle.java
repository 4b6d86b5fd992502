// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.faults;

import dev.sluice.testservers.MySqlServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Somebody else's session that keeps something from everybody, until it is closed. One thread. */
final class Obstacle implements AutoCloseable {
    private final Connection connection;

    private Obstacle(Connection connection) {
        this.connection = connection;
    }

    private static Obstacle by(MySqlServer server, String... statements) throws SQLException {
        Obstacle obstacle = new Obstacle(server.connect());
        try (Statement statement = obstacle.connection.createStatement()) {
            statement.execute("SET SESSION lock_wait_timeout = 30");
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        return obstacle;
    }

    /** Nobody changes anything on this server. */
    static Obstacle globalLock(MySqlServer server) throws SQLException {
        return by(server, "FLUSH TABLES WITH READ LOCK");
    }

    /** Nobody reads or writes this table. */
    static Obstacle tableLock(MySqlServer server, String table) throws SQLException {
        return by(server, "LOCK TABLES " + table + " WRITE");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
