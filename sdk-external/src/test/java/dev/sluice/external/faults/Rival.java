// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.faults;

import static org.awaitility.Awaitility.await;

import dev.sluice.testservers.MySqlServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Somebody else's transaction on the replica that gets in the way of the load of {@code shop.big}. One thread. */
final class Rival implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int UNKNOWN_DATABASE = 1049;
    private static final int UNKNOWN_TABLE = 1146;

    private final MySqlServer replica;
    private final Connection connection;
    private final Statement statement;

    private Rival(MySqlServer replica, Connection connection) throws SQLException {
        this.replica = replica;
        this.connection = connection;
        this.statement = connection.createStatement();
    }

    static Rival on(MySqlServer replica) throws SQLException {
        Rival rival = new Rival(replica, replica.connect());
        rival.statement.execute("SET SESSION sql_log_bin = 0, SESSION cte_max_recursion_depth = 10000");
        rival.connection.setAutoCommit(false);
        return rival;
    }

    /**
     * Locks all rows from the tenth on, before they are there, as soon as there is a table. Writes more rows than a load has written when
     * it comes to the tenth, so that the server sacrifices the load in a deadlock.
     */
    void lockMostRows() throws SQLException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isThere()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("No table shop.big comes about");
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        statement.execute("INSERT INTO shop.big (id, v) VALUES (10, 'mine')");
        statement.execute("INSERT INTO shop.big (id, v) WITH RECURSIVE n (i) AS"
                + " (SELECT 1000000000 UNION ALL SELECT i + 1 FROM n WHERE i < 1000005000) SELECT i, 'mine' FROM n");
        statement
                .executeQuery("SELECT COUNT(*) FROM shop.big WHERE id >= 10 FOR UPDATE")
                .close();
    }

    private boolean isThere() throws SQLException {
        try {
            statement.executeQuery("SELECT 1 FROM shop.big LIMIT 1").close();
            connection.rollback();
            return true;
        } catch (SQLException missing) {
            if (missing.getErrorCode() == UNKNOWN_DATABASE || missing.getErrorCode() == UNKNOWN_TABLE) {
                return false;
            }
            throw missing;
        }
    }

    /** Waits until a load waits for this transaction. */
    void awaitLoadWaiting() {
        await().atMost(PATIENCE)
                .until(() -> !replica.query("SELECT 1 FROM performance_schema.data_lock_waits")
                        .isEmpty());
    }

    /** Asks for the rows that the load, which waits for this transaction, has written. */
    void deadlock() throws SQLException {
        statement.executeQuery("SELECT COUNT(*) FROM shop.big FOR SHARE").close();
    }

    void letGo() throws SQLException {
        connection.rollback();
    }

    @Override
    public void close() throws SQLException {
        connection.abort(Runnable::run);
    }
}
