// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import dev.sluice.testservers.MySqlServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How far a replica is behind in truth, without any of Sluice's figures: rows that hold the time of their commit, to some milliseconds, are
 * written to the source all the time and read on the replica, by the one wall clock of the machine on which both servers run.
 */
final class TrueLag implements AutoCloseable {
    private static final Duration BETWEEN_ROWS = Duration.ofMillis(50);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final double SECOND = 1_000_000.0;

    private final NavigableMap<Instant, Double> ages = new ConcurrentSkipListMap<>();
    private final Collection<Double> delays = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final Future<?> writing;
    private final Future<?> reading;
    private volatile boolean closed;

    private TrueLag(MySqlServer source, MySqlServer replica) {
        writing = threads.submit(() -> write(source));
        reading = threads.submit(() -> read(replica));
    }

    /** Begins to write and to read, in a table of its own that the pair replicates. */
    static TrueLag of(WatchedPair watched) {
        watched.source()
                .execute(
                        "CREATE TABLE shop.seen (id INT AUTO_INCREMENT PRIMARY KEY, at DATETIME(6) NOT NULL, KEY (at))");
        return new TrueLag(watched.source(), watched.replica());
    }

    private boolean write(MySqlServer source) throws SQLException, InterruptedException {
        try (Connection connection = source.connect();
                Statement statement = connection.createStatement()) {
            while (!closed) {
                statement.executeUpdate("INSERT INTO shop.seen (at) VALUES (UTC_TIMESTAMP(6))");
                Thread.sleep(BETWEEN_ROWS.toMillis());
            }
        }
        return true;
    }

    private boolean read(MySqlServer replica) throws SQLException, InterruptedException {
        try (Connection connection = replica.connect();
                Statement statement = connection.createStatement()) {
            long newest = 0;
            while (!closed) {
                newest = look(statement, newest);
                Thread.sleep(BETWEEN_LOOKS.toMillis());
            }
        }
        return true;
    }

    /** The table arrives with the rows, and so is not there at first. */
    private long look(Statement statement, long newest) throws SQLException {
        long last = newest;
        Instant at = Instant.now();
        try (ResultSet rows = statement.executeQuery("SELECT id, TIMESTAMPDIFF(MICROSECOND, at, UTC_TIMESTAMP(6)) FROM"
                + " shop.seen WHERE id >= " + newest + " ORDER BY id")) {
            while (rows.next()) {
                last = rows.getLong(1);
                double age = rows.getLong(2) / SECOND;
                ages.put(at, age);
                if (last > newest) {
                    delays.add(age);
                }
            }
        } catch (SQLException failure) {
            if (failure.getErrorCode() != 1146) {
                throw failure;
            }
        }
        return last;
    }

    /**
     * How old the newest row was that was on the replica, in seconds: all that was seen within the time that a look of a monitor takes.
     *
     * @param at right after the look
     */
    DoubleSummaryStatistics around(Instant at) {
        DoubleSummaryStatistics seen = ages.subMap(at.minusMillis(300), at.plusMillis(50)).values().stream()
                .mapToDouble(Double::doubleValue)
                .summaryStatistics();
        if (seen.getCount() == 0) {
            throw new IllegalStateException("Nobody has looked at " + at);
        }
        return seen;
    }

    /** How old rows were when they were seen on the replica for the first time, in seconds. */
    DoubleSummaryStatistics delays() {
        return delays.stream().mapToDouble(Double::doubleValue).summaryStatistics();
    }

    /** Ends both, and fails if one of them did before. */
    @Override
    public void close() {
        closed = true;
        threads.shutdown();
        try {
            writing.get(10, TimeUnit.SECONDS);
            reading.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            throw new IllegalStateException("The true lag was not measured to the end", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
