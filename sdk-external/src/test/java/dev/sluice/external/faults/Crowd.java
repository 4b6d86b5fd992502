// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.faults;

import dev.sluice.testservers.MySqlServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Takes all connections of a server: it has room for no more than are there. One thread. */
final class Crowd implements AutoCloseable {
    private final Connection connection;
    private final Statement statement;
    private final String before;

    private Crowd(MySqlServer server) throws SQLException {
        this.before = String.valueOf(
                server.query("SELECT @@GLOBAL.max_connections").get(0).get(0));
        this.connection = server.connect();
        this.statement = connection.createStatement();
    }

    static Crowd on(MySqlServer server) throws SQLException {
        Crowd crowd = new Crowd(server);
        crowd.statement.execute("SET GLOBAL max_connections = 1");
        return crowd;
    }

    /** Makes room again. */
    void leave() throws SQLException {
        statement.execute("SET GLOBAL max_connections = " + before);
    }

    @Override
    public void close() throws SQLException {
        leave();
        connection.close();
    }
}
