// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import dev.sluice.testservers.MySqlServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** An application that goes on writing to {@code shop.orders} and {@code shop.items} in one transaction, until it is stopped. */
final class TableWriting implements AutoCloseable {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(4);

    private final Thread thread;
    private volatile boolean stopped;
    private volatile @Nullable SQLException failure;

    private TableWriting(Connection connection) {
        this.thread = new Thread(() -> write(connection), "test-writer");
        thread.setDaemon(true);
    }

    /** Makes the tables and begins. */
    static TableWriting on(MySqlServer source) throws SQLException {
        source.execute(
                "CREATE DATABASE shop",
                "CREATE TABLE shop.orders (id BIGINT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(50), n INT NOT NULL DEFAULT 0, KEY (v))",
                "CREATE TABLE shop.items (id BIGINT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(50), n INT NOT NULL DEFAULT 0)",
                "INSERT INTO shop.orders (v) VALUES ('a'), ('b'), ('c'), ('d'), ('e'), ('f'), ('g'), ('h')",
                "INSERT INTO shop.items (v) VALUES ('a'), ('b'), ('c'), ('d')");
        TableWriting writing = new TableWriting(source.connect());
        writing.thread.start();
        return writing;
    }

    private void write(Connection connection) {
        try (connection;
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            while (!stopped) {
                for (String table : new String[] {"shop.orders", "shop.items"}) {
                    statement.executeUpdate("INSERT INTO " + table + " (v) VALUES (UUID())");
                    statement.executeUpdate("UPDATE " + table + " SET n = n + 1 ORDER BY id DESC LIMIT 5");
                    statement.executeUpdate("DELETE FROM " + table + " WHERE id > 100 ORDER BY id DESC LIMIT 1");
                    statement.executeUpdate("INSERT INTO " + table + " (v) VALUES (UUID())");
                }
                connection.commit();
                LockSupport.parkNanos(PAUSE);
            }
        } catch (SQLException failed) {
            failure = failed;
        }
    }

    /** Stops; nothing is in flight any more when this returns. */
    void stop() throws InterruptedException, SQLException {
        stopped = true;
        thread.join();
        SQLException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    @Override
    public void close() {
        stopped = true;
    }
}
