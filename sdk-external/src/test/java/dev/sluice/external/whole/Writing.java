// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import dev.sluice.testservers.MySqlServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** An application that goes on writing to {@code live.t} on the source until it is stopped. */
final class Writing implements AutoCloseable {
    private final AtomicLong transactions = new AtomicLong();
    private final Thread thread;
    private volatile boolean stopped;
    private volatile long lastCommit = System.nanoTime();
    private volatile long longestPause;
    private volatile @Nullable SQLException failure;

    private Writing(Connection connection) {
        this.thread = new Thread(() -> write(connection), "test-writer");
        thread.setDaemon(true);
    }

    static Writing on(MySqlServer source) throws SQLException {
        source.execute(
                "CREATE DATABASE live",
                "CREATE TABLE live.t (id BIGINT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(50), n INT NOT NULL DEFAULT 0)",
                "INSERT INTO live.t (v) VALUES ('first')");
        Writing writing = new Writing(source.connect());
        writing.thread.start();
        return writing;
    }

    private void write(Connection connection) {
        try (connection;
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            while (!stopped) {
                statement.executeUpdate("INSERT INTO live.t (v) VALUES (UUID())");
                statement.executeUpdate("UPDATE live.t SET n = n + 1 ORDER BY id DESC LIMIT 3");
                connection.commit();
                transactions.incrementAndGet();
                committed();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
            }
        } catch (SQLException failed) {
            failure = failed;
        }
    }

    private void committed() {
        long now = System.nanoTime();
        longestPause = Math.max(longestPause, now - lastCommit);
        lastCommit = now;
    }

    /** Between two transactions, the one that is under way included. */
    Duration longestPause() {
        long current = thread.isAlive() ? System.nanoTime() - lastCommit : 0;
        return Duration.ofNanos(Math.max(longestPause, current));
    }

    long transactions() {
        return transactions.get();
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
