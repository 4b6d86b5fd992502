// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.testing.load.Writers;
import dev.sluice.testservers.MySqlServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Takes snapshots one after the other while applications write to the same tables. */
final class Locks {
    private static final Duration WARM_UP = Duration.ofSeconds(3);

    /** So that whoever was held up has ended his transaction, and its time is known. */
    private static final Duration AFTERWARDS = Duration.ofMillis(300);

    private final BenchServers servers;
    private final int tables;
    private final int rowsEach;
    private final int readers;

    Locks(BenchServers servers, int tables, int rowsEach, int readers) {
        this.servers = servers;
        this.tables = tables;
        this.rowsEach = rowsEach;
        this.readers = readers;
    }

    LockResult measure(int snapshots) throws SQLException, InterruptedException {
        MySqlServer server = servers.source();
        MySqlConnector source = BenchSnapshot.connector(
                server.host(), server.port(), servers.account().user(), servers.account()::password);
        List<LockResult.One> all = new ArrayList<>();
        try (Writers writers = Writers.start(server::connect, this::application)) {
            Thread.sleep(WARM_UP.toMillis());
            for (int i = 0; i < snapshots; i++) {
                all.add(one(source, writers));
            }
            LockResult result = new LockResult(tables, writers.perSecond(), all);
            writers.stop();
            return result;
        }
    }

    /** A snapshot, and then as long a time without one, whose longest wait is not the snapshot's doing. */
    private LockResult.One one(MySqlConnector source, Writers writers) throws InterruptedException {
        writers.forgetLongest();
        long begin = System.nanoTime();
        Duration held;
        try (BenchSnapshot taken = BenchSnapshot.of(source, readers)) {
            held = taken.snapshot().lockHeld();
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        Thread.sleep(AFTERWARDS.toMillis());
        Duration longest = writers.longest();
        writers.forgetLongest();
        Thread.sleep(took.plus(AFTERWARDS).toMillis());
        return new LockResult.One(held, longest, writers.longest(), took);
    }

    private Writers.Transaction application(Connection connection) throws SQLException {
        PreparedStatement[] updates = new PreparedStatement[tables];
        for (int i = 0; i < updates.length; i++) {
            updates[i] = connection.prepareStatement(
                    "UPDATE " + BenchCommand.DATABASE + "." + ManyTables.table(i) + " SET v = v + 1 WHERE id = ?");
        }
        return random -> transaction(updates, random);
    }

    private void transaction(PreparedStatement[] updates, Random random) throws SQLException {
        for (int i = 0; i < 3; i++) {
            PreparedStatement update = updates[random.nextInt(updates.length)];
            update.setInt(1, 1 + random.nextInt(rowsEach));
            update.executeUpdate();
        }
    }
}
