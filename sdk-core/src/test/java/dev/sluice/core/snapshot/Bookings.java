// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Writers that move money between two tables and note each move in a third: every transaction changes all of them, keeps their sum
 * and is one GTID, so that a snapshot shows by itself which transactions it holds.
 */
final class Bookings implements AutoCloseable {
    private static final int ACCOUNTS = 40;
    private static final int DEADLOCK = 1213;
    private static final long SEED = 20_240_501;

    private final Source source;
    private final long gtidsBefore;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicInteger booked = new AtomicInteger();
    private final AtomicInteger deadlocks = new AtomicInteger();
    private final AtomicLong slowestNanos = new AtomicLong();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final List<Thread> threads = new ArrayList<>();

    private Bookings(Source source) {
        this.source = source;
        this.gtidsBefore = gtids(source);
    }

    static Bookings by(int writers, Source source) {
        source.execute(
                "CREATE TABLE app.cash (id INT PRIMARY KEY, amount INT NOT NULL)",
                "CREATE TABLE app.bank (id INT PRIMARY KEY, amount INT NOT NULL)",
                "CREATE TABLE app.moves (id BIGINT AUTO_INCREMENT PRIMARY KEY, amount INT NOT NULL)");
        for (int i = 0; i < ACCOUNTS; i++) {
            source.execute(
                    "INSERT INTO app.cash VALUES (" + i + ", 1000)", "INSERT INTO app.bank VALUES (" + i + ", 1000)");
        }
        Bookings bookings = new Bookings(source);
        for (int i = 0; i < writers; i++) {
            bookings.start(new Random(SEED + i));
        }
        bookings.awaitMore(20);
        return bookings;
    }

    private static long gtids(Source source) {
        String set = source.value("SELECT @@GLOBAL.gtid_executed");
        return set.isEmpty()
                ? 0
                : dev.sluice.api.coordinates.MySqlGtidSet.parse(set).count();
    }

    private void start(Random random) {
        Thread thread = new Thread(() -> write(random), "writer-" + threads.size());
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void write(Random random) {
        try (Client client = source.client()) {
            while (!stopped.get()) {
                long began = System.nanoTime();
                book(client, random);
                long took = System.nanoTime() - began;
                slowestNanos.accumulateAndGet(took, Math::max);
            }
        } catch (SQLException broken) {
            failure.compareAndSet(null, broken);
        }
    }

    private void book(Client client, Random random) throws SQLException {
        int amount = random.nextInt(9) + 1;
        try {
            client.execute(
                    "BEGIN",
                    "UPDATE app.cash SET amount = amount - " + amount + " WHERE id = " + random.nextInt(ACCOUNTS),
                    "UPDATE app.bank SET amount = amount + " + amount + " WHERE id = " + random.nextInt(ACCOUNTS),
                    "INSERT INTO app.moves (amount) VALUES (" + amount + ")",
                    "COMMIT");
            booked.incrementAndGet();
        } catch (SQLException refused) {
            if (refused.getErrorCode() != DEADLOCK) {
                throw refused;
            }
            deadlocks.incrementAndGet();
            client.execute("ROLLBACK");
        }
    }

    /** Waits until so many more transactions have been committed. */
    void awaitMore(int transactions) {
        int until = booked.get() + transactions;
        Source.eventually(() -> booked.get() >= until || failure.get() != null);
        if (failure.get() != null) {
            throw new IllegalStateException("A writer failed", failure.get());
        }
    }

    /** How many GTIDs there were before the first booking. */
    long gtidsBefore() {
        return gtidsBefore;
    }

    int deadlocks() {
        return deadlocks.get();
    }

    int booked() {
        return booked.get();
    }

    /** The longest that a transaction took since the last call. */
    Duration slowest() {
        return Duration.ofNanos(slowestNanos.getAndSet(0));
    }

    @Override
    public void close() {
        stopped.set(true);
        for (Thread thread : threads) {
            try {
                thread.join(Source.SOON.toMillis());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
