// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import dev.sluice.testservers.MySqlServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Applications that go on inserting rows, each in a transaction of its own, until closed. */
final class Busy implements AutoCloseable {
    private static final int WRITERS = 3;

    private final MySqlServer server;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong next = new AtomicLong();
    private final AtomicReference<SQLException> failure = new AtomicReference<>();
    private final List<Thread> threads = new ArrayList<>();

    Busy(MySqlServer server) {
        this.server = server;
        server.execute("CREATE DATABASE shop", "CREATE TABLE shop.item (id BIGINT PRIMARY KEY, name VARCHAR(40))");
        for (int each = 0; each < WRITERS; each++) {
            Thread thread = new Thread(this::write, "busy-" + each);
            threads.add(thread);
            thread.start();
        }
    }

    private void write() {
        try (Connection connection = server.connect();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO shop.item VALUES (?, ?)")) {
            while (!over.get()) {
                long id = next.incrementAndGet();
                insert.setLong(1, id);
                insert.setString(2, "item " + id);
                insert.executeUpdate();
            }
        } catch (SQLException broken) {
            failure.compareAndSet(null, broken);
        }
    }

    long written() {
        return next.get();
    }

    static String rows(MySqlServer server) {
        return server.query("SELECT COUNT(*), SUM(id) FROM shop.item").get(0).toString();
    }

    /** Ends the writing, which must have gone well all the time. */
    @Override
    public void close() {
        over.set(true);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (failure.get() != null) {
            throw new IllegalStateException("The application was disturbed", failure.get());
        }
    }
}
