// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.testservers.MySqlServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Writes on a source, hundreds of times a second, in all the ways that make a comparison hard: hot rows, rows that go to and fro, queues. */
final class HeavyWriter implements AutoCloseable {
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong transactions = new AtomicLong();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private volatile boolean stopping;

    private HeavyWriter() {}

    static List<String> tables(String database) {
        return List.of(
                "CREATE DATABASE " + database,
                "CREATE TABLE " + database + ".counters (id INT PRIMARY KEY, n BIGINT NOT NULL)",
                "INSERT INTO " + database + ".counters VALUES (1, 0), (2, 0), (3, 0)",
                "CREATE TABLE " + database + ".switches (id INT PRIMARY KEY, is_on TINYINT NOT NULL)",
                "INSERT INTO " + database + ".switches VALUES (1, 0), (2, 0), (3, 0), (4, 0)",
                "CREATE TABLE " + database + ".queue (id BIGINT AUTO_INCREMENT PRIMARY KEY, body VARCHAR(100))",
                "CREATE TABLE " + database
                        + ".people (name VARCHAR(40) CHARACTER SET utf8 PRIMARY KEY, about JSON, f FLOAT,"
                        + " at DATETIME(6), amount DECIMAL(10,2))",
                "CREATE TABLE " + database + ".log (at DATETIME(6), line VARCHAR(100))",
                "CREATE TABLE " + database + ".still (id INT PRIMARY KEY, v VARCHAR(20))",
                "INSERT INTO " + database + ".still VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd')");
    }

    static HeavyWriter on(MySqlServer server, String database, long seed) {
        HeavyWriter writer = new HeavyWriter();
        for (int i = 0; i < 2; i++) {
            Random random = new Random(seed + i);
            Thread thread = new Thread(() -> writer.write(server, database, random), "writer-" + i);
            thread.start();
            writer.threads.add(thread);
        }
        return writer;
    }

    private void write(MySqlServer server, String database, Random random) {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("USE " + database);
            while (!stopping) {
                statement.execute(next(random));
                transactions.incrementAndGet();
                // On a busy machine the replica would fall behind for good, and then nothing can be told of it.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        } catch (SQLException broken) {
            failure.compareAndSet(null, broken);
        }
    }

    private static String next(Random random) {
        int some = random.nextInt(1_000);
        return switch (random.nextInt(10)) {
            case 0, 1 -> "UPDATE counters SET n = n + 1 WHERE id = " + (1 + random.nextInt(3));
            case 2, 3 -> "UPDATE switches SET is_on = 1 - is_on WHERE id = " + (1 + random.nextInt(4));
            case 4 -> "INSERT INTO queue (body) VALUES (REPEAT('q', " + random.nextInt(100) + "))";
            case 5 -> "DELETE FROM queue ORDER BY id LIMIT 1";
            case 6 ->
                "REPLACE INTO people VALUES ('person " + some + "', '{\"a\": " + some + ".0, \"b\": [1.5, \"é\"]}', "
                        + random.nextFloat() + ", NOW(6), " + some + ".25)";
            case 7 ->
                "UPDATE people SET amount = amount + 1, about = JSON_SET(about, '$.c', 1.10) WHERE name = 'person "
                        + some + "'";
            case 8 -> "DELETE FROM people WHERE name = 'person " + some + "'";
            default -> "INSERT INTO log VALUES (NOW(6), 'line " + some + "')";
        };
    }

    long transactions() {
        return transactions.get();
    }

    @Override
    public void close() throws Exception {
        stopping = true;
        for (Thread thread : threads) {
            thread.join(30_000);
        }
        Exception thrown = failure.get();
        if (thrown != null) {
            throw thrown;
        }
    }
}
