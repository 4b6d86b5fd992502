// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.journal.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs work on connections of the host, each for itself and given back as it came. On threads of its own, which end when there is nothing to do:
 * a pool that waits for a connection, and a database that does not answer, hold the caller up for so long and no longer, and an interrupt of the
 * caller interrupts no transaction. Thread-safe.
 */
final class JdbcCalls {
    /** What a caller waits; well within the time of a lease. */
    static final Duration ANSWER = Duration.ofSeconds(10);

    /** Sooner than that, so that the database itself is told to give up, as when somebody keeps a row locked. */
    private static final int STATEMENT_SECONDS = 5;

    private static final int THREADS = 16;
    private static final Duration IDLE = Duration.ofMillis(200);

    private final DataSource source;
    private final Duration answer;
    private final AtomicInteger number = new AtomicInteger();
    private final ThreadPoolExecutor threads;

    /** @param answer how long a caller waits at most */
    JdbcCalls(DataSource source, Duration answer) {
        this.source = source;
        this.answer = answer;
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE.toMillis(), TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), this::thread);
        threads.allowCoreThreadTimeOut(true);
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "sluice-journal-" + number.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** Work that is done as a whole or not at all. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Makes something of a row. */
    @FunctionalInterface
    interface Mapper<T> {
        T of(ResultSet row) throws SQLException;
    }

    /**
     * In one transaction. One that nobody waits for any more is not committed, unless it was about to be.
     *
     * @param begin statements before the first of the work
     * @throws SQLTimeoutException if there was no answer in time
     */
    <T> T inOne(List<String> begin, Work<T> work) throws SQLException {
        AtomicBoolean isGivenUp = new AtomicBoolean();
        Future<T> call = threads.submit(() -> inTransaction(begin, work, isGivenUp));
        long end = System.nanoTime() + answer.toNanos();
        boolean isInterrupted = false;
        try {
            while (true) {
                try {
                    return call.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException later) {
                    isInterrupted = true;
                }
            }
        } catch (ExecutionException failed) {
            throw rethrown(failed.getCause());
        } catch (TimeoutException silent) {
            isGivenUp.set(true);
            call.cancel(true);
            SQLException timeout = new SQLTimeoutException("no answer within " + answer.toSeconds() + " s");
            timeout.addSuppressed(silent);
            throw timeout;
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static SQLException rethrown(@Nullable Throwable thrown) {
        if (thrown instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof SQLException failed ? failed : new SQLException(thrown);
    }

    private <T> T inTransaction(List<String> begin, Work<T> work, AtomicBoolean isGivenUp) throws SQLException {
        try (Connection connection = source.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            int limit = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(answer.toMillis()));
            connection.setAutoCommit(false);
            try {
                for (String statement : begin) {
                    update(connection, statement);
                }
                T result = work.on(connection);
                if (isGivenUp.get()) {
                    throw new SQLTimeoutException("nobody waits for it any more");
                }
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException failure) {
                rollBack(connection, failure);
                throw failure;
            } finally {
                restore(connection, autoCommit, limit);
            }
        }
    }

    private static void rollBack(Connection connection, Exception because) {
        try {
            connection.rollback();
        } catch (SQLException second) {
            because.addSuppressed(second);
        }
    }

    /** A connection that is broken cannot be restored, and a pool throws it away. */
    private static void restore(Connection connection, boolean autoCommit, int limit) throws SQLException {
        if (connection.isValid(1)) {
            connection.setAutoCommit(autoCommit);
            connection.setNetworkTimeout(Runnable::run, limit);
        }
    }

    static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    static <T> List<T> query(Connection connection, Mapper<T> mapper, String sql, Object... values)
            throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, values);
                ResultSet rows = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(mapper.of(rows));
            }
            return found;
        }
    }

    static <T> Optional<T> first(Connection connection, Mapper<T> mapper, String sql, Object... values)
            throws SQLException {
        return query(connection, mapper, sql, values).stream().findFirst();
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            statement.setQueryTimeout(STATEMENT_SECONDS);
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement;
        } catch (SQLException failure) {
            statement.close();
            throw failure;
        }
    }
}
