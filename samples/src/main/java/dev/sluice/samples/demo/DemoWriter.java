// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Applications that go on writing, a few hundred transactions a second, and note the longest time that one had to wait. */
final class DemoWriter implements AutoCloseable {
    private static final int THREADS = 6;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(7);

    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong transactions = new AtomicLong();
    private final AtomicLong longestNanos = new AtomicLong();
    private final long began = System.nanoTime();
    private volatile boolean stopped;
    private volatile @Nullable Exception failure;

    /** Opens a connection as an application would. */
    interface Connecting {
        Connection connect() throws SQLException;
    }

    private DemoWriter() {}

    static DemoWriter start(Connecting source) throws SQLException {
        DemoWriter writer = new DemoWriter();
        for (int i = 0; i < THREADS; i++) {
            Connection connection = source.connect();
            long seed = i;
            Thread thread = new Thread(() -> writer.write(connection, new Random(seed)), "demo-writer-" + i);
            thread.setDaemon(true);
            writer.threads.add(thread);
        }
        writer.threads.forEach(Thread::start);
        return writer;
    }

    private void write(Connection connection, Random random) {
        try (connection) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + DemoData.DATABASE
                            + ".purchase (customer, placed, total, note) VALUES (?, NOW(3), ?, ?)");
                    PreparedStatement update = connection.prepareStatement(
                            "UPDATE " + DemoData.DATABASE + ".customer SET balance = balance + ? WHERE id = ?");
                    PreparedStatement delete =
                            connection.prepareStatement("DELETE FROM " + DemoData.DATABASE + ".purchase WHERE id = ?");
                    PreparedStatement audit = connection.prepareStatement(
                            "INSERT INTO " + DemoData.DATABASE + ".audit VALUES (NOW(6), ?)")) {
                while (!stopped) {
                    long begin = System.nanoTime();
                    try {
                        transaction(random, insert, update, delete, audit);
                        connection.commit();
                        longestNanos.accumulateAndGet(System.nanoTime() - begin, Math::max);
                        transactions.incrementAndGet();
                    } catch (SQLTransactionRollbackException deadlock) {
                        // As every application has to: the server undid it, so go on with the next.
                        connection.rollback();
                    }
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        } catch (SQLException failed) {
            failure = failed;
        }
    }

    private static void transaction(
            Random random,
            PreparedStatement insert,
            PreparedStatement update,
            PreparedStatement delete,
            PreparedStatement audit)
            throws SQLException {
        int customer = 1 + random.nextInt(1_000);
        insert.setInt(1, customer);
        insert.setBigDecimal(2, java.math.BigDecimal.valueOf(random.nextInt(100_000), 2));
        insert.setString(3, "written live \uD83C\uDF0A " + random.nextInt());
        insert.executeUpdate();
        update.setInt(1, 1);
        update.setInt(2, customer);
        update.executeUpdate();
        if (random.nextInt(4) == 0) {
            delete.setLong(1, 1 + random.nextInt(50_000));
            delete.executeUpdate();
        }
        if (random.nextInt(3) == 0) {
            audit.setString(1, "purchase of " + customer);
            audit.executeUpdate();
        }
    }

    /** Starts counting the longest wait anew. */
    void forgetLongest() {
        longestNanos.set(0);
    }

    long longestMillis() {
        return TimeUnit.NANOSECONDS.toMillis(longestNanos.get());
    }

    long transactions() {
        return transactions.get();
    }

    long perSecond() {
        return transactions.get() * 1_000_000_000L / Math.max(1, System.nanoTime() - began);
    }

    /** Stops writing; nothing is in flight any more when this returns. */
    void stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
        Exception failed = failure;
        if (failed != null) {
            throw new IllegalStateException("The writer failed: " + failed.getMessage(), failed);
        }
    }

    @Override
    public void close() {
        stopped = true;
    }
}
