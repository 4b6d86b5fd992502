// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Applications that go on writing, a few hundred transactions a second, and the longest time that one of them had to wait.
 * Thread-safe.
 */
public final class Writers implements AutoCloseable {
    private static final int THREADS = 6;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(7);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong transactions = new AtomicLong();
    private final AtomicLong longestNanos = new AtomicLong();
    private final long began = System.nanoTime();
    private final AtomicLong pauseNanos = new AtomicLong(PAUSE_NANOS);
    private volatile boolean stopped;
    private volatile @Nullable Exception failure;

    /** Opens a connection as an application would. */
    @FunctionalInterface
    public interface Connecting {
        /** Opens it; the writer closes it. */
        Connection connect() throws SQLException;
    }

    /** Prepares what one of the applications does again and again. */
    @FunctionalInterface
    public interface Application {
        /** Prepares statements on the application's own connection, which commits by hand. */
        Transaction on(Connection connection) throws SQLException;
    }

    /** The statements of one transaction. */
    @FunctionalInterface
    public interface Transaction {
        /** Runs them; the commit is the writer's. */
        void run(Random random) throws SQLException;
    }

    private Writers() {}

    /** Starts to write. */
    public static Writers start(Connecting source, Application application) throws SQLException {
        Writers writers = new Writers();
        for (int i = 0; i < THREADS; i++) {
            Connection connection = source.connect();
            long seed = i;
            Thread thread =
                    new Thread(() -> writers.write(connection, application, new Random(seed)), "application-" + i);
            thread.setDaemon(true);
            writers.threads.add(thread);
        }
        writers.threads.forEach(Thread::start);
        return writers;
    }

    private void write(Connection connection, Application application, Random random) {
        try (connection) {
            connection.setAutoCommit(false);
            Transaction transaction = application.on(connection);
            while (!stopped) {
                long begin = System.nanoTime();
                try {
                    transaction.run(random);
                    connection.commit();
                    longestNanos.accumulateAndGet(System.nanoTime() - begin, Math::max);
                    transactions.incrementAndGet();
                } catch (SQLTransactionRollbackException deadlock) {
                    // As every application has to: the server undid it, so go on with the next.
                    connection.rollback();
                }
                LockSupport.parkNanos(pauseNanos.get());
            }
        } catch (SQLException failed) {
            failure = failed;
        }
    }

    /**
     * Triples the pause that each application makes after a transaction, up to a second. For a replica that cannot keep up: one that
     * applies with one thread, on a slow disk, may never catch up with six applications that share their commits' way to the disk.
     */
    public void slowDown() {
        pauseNanos.updateAndGet(pause -> Math.min(3 * pause, LONGEST_PAUSE_NANOS));
    }

    /** Starts counting the longest wait anew. */
    public void forgetLongest() {
        longestNanos.set(0);
    }

    /** The longest time from the begin of a transaction to the end of its commit. */
    public Duration longest() {
        return Duration.ofNanos(longestNanos.get());
    }

    /** How many were committed. */
    public long transactions() {
        return transactions.get();
    }

    /** How many were committed in a second, since the start. */
    public long perSecond() {
        return transactions.get() * 1_000_000_000L / Math.max(1, System.nanoTime() - began);
    }

    /**
     * Stops writing; nothing is in flight any more when this returns.
     *
     * @throws IllegalStateException if a writer had to give up
     */
    public void stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
        Exception failed = failure;
        if (failed != null) {
            throw new IllegalStateException("A writer failed: " + failed.getMessage(), failed);
        }
    }

    /** Lets every writer end after its transaction, without waiting for that. */
    @Override
    public void close() {
        stopped = true;
    }
}
