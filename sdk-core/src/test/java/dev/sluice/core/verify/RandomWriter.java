// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.core.copy.random.Dice;
import dev.sluice.core.copy.random.RandomTable;
import dev.sluice.testservers.MySqlServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Takes rows out of random tables and puts them in again, a few hundred times a second. */
final class RandomWriter implements AutoCloseable {
    private static final int DUPLICATE_KEY = 1062;

    private final List<RandomTable> tables;
    private final String database;
    private final Dice dice;
    private final AtomicLong transactions = new AtomicLong();
    private final AtomicReference<SQLException> failure = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean stopping;

    private RandomWriter(MySqlServer server, String database, List<RandomTable> tables, long seed) {
        this.database = database;
        this.tables = tables;
        this.dice = new Dice(seed);
        this.thread = new Thread(() -> write(server), "random-writer");
    }

    static RandomWriter on(MySqlServer server, String database, List<RandomTable> tables, long seed) {
        RandomWriter writer = new RandomWriter(server, database, tables, seed);
        writer.thread.start();
        return writer;
    }

    private void write(MySqlServer server) {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            for (String setting : RandomTable.SETTINGS) {
                statement.execute(setting);
            }
            statement.execute("USE " + database);
            while (!stopping) {
                next(statement);
                transactions.incrementAndGet();
                // Otherwise the replica never catches up, and what is told of it is of long ago.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(3));
            }
        } catch (SQLException broken) {
            failure.compareAndSet(null, broken);
        }
    }

    private void next(Statement statement) throws SQLException {
        RandomTable table = dice.of(tables);
        List<String> changes = new ArrayList<>(table.inserts());
        String name = table.create().split(" ", 4)[2];
        changes.add("DELETE FROM " + name + " LIMIT " + dice.between(1, 20));
        try {
            statement.execute(dice.of(changes));
        } catch (SQLException refused) {
            if (refused.getErrorCode() != DUPLICATE_KEY) {
                throw refused;
            }
        }
    }

    long transactions() {
        return transactions.get();
    }

    @Override
    public void close() throws Exception {
        stopping = true;
        thread.join(30_000);
        SQLException thrown = failure.get();
        if (thrown != null) {
            throw thrown;
        }
    }
}
