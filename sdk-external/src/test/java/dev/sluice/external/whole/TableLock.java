// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import dev.sluice.testservers.MySqlServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Somebody else's session that keeps a table to itself, from when there is such a table until it lets go. */
final class TableLock implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(2);

    private final Connection connection;
    private final String table;
    private final CountDownLatch held = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean given;
    private volatile @Nullable SQLException failure;

    private TableLock(Connection connection, String table) {
        this.connection = connection;
        this.table = table;
        this.thread = new Thread(this::lock, "test-table-lock");
        thread.setDaemon(true);
    }

    /** Begins to try; see {@link #awaitHeld}. */
    static TableLock on(MySqlServer server, String table) throws SQLException {
        TableLock lock = new TableLock(server.connect(), table);
        lock.thread.start();
        return lock;
    }

    private void lock() {
        while (!given && held.getCount() > 0 && failure == null) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("LOCK TABLES " + table + " WRITE");
                held.countDown();
            } catch (SQLException refused) {
                noteUnlessMissing(refused);
            }
        }
    }

    private void noteUnlessMissing(SQLException refused) {
        boolean missing = refused.getErrorCode() == 1146 || refused.getErrorCode() == 1049;
        if (missing) {
            LockSupport.parkNanos(POLL.toNanos());
        } else {
            failure = refused;
        }
    }

    /** Waits until the lock is there. */
    void awaitHeld() throws InterruptedException {
        if (!held.await(60, TimeUnit.SECONDS)) {
            SQLException failed = failure;
            throw new IllegalStateException("No lock on " + table, failed);
        }
    }

    /** Lets go. */
    @Override
    public void close() throws SQLException {
        given = true;
        connection.abort(Runnable::run);
    }
}
