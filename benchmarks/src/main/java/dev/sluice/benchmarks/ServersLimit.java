// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.benchmarks.ReadyFiles.Ready;
import dev.sluice.testservers.MySqlServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/**
 * What the server itself can take: {@code LOAD DATA INFILE} from files made beforehand, and the indexes after the rows.
 *
 * @param threads so many tables at once
 * @param files the rows
 */
record ServersLimit(int threads, ReadyFiles files) implements Contender {
    /** In a smaller table a statement more takes longer than the indexes do. */
    private static final long BIG = 8 << 20;

    @Override
    public Role role() {
        return Role.LIMIT;
    }

    @Override
    public String name() {
        return "server's limit, " + threads;
    }

    @Override
    public String how() {
        return "LOAD DATA INFILE from ready files, " + threads
                + " tables at once, biggest first; indexes of tables over 8 MB built after their rows;"
                + " sql_log_bin=0, unique_checks=0, foreign_key_checks=0";
    }

    @Override
    public void prepare(BenchServers servers) throws IOException {
        files.make(servers);
    }

    @Override
    public double pace() {
        return 1;
    }

    @Override
    public Map<String, Double> copy(BenchServers servers, Path scratch) {
        servers.replica()
                .execute("SET sql_log_bin = 0", "CREATE DATABASE " + BenchCommand.DATABASE + " CHARACTER SET utf8mb4");
        Queue<Ready> waiting = new ConcurrentLinkedQueue<>(files.all());
        Parallel.forEach(Collections.nCopies(threads, waiting), threads, queue -> load(servers.replica(), queue));
        return Map.of();
    }

    private static void load(MySqlServer replica, Queue<Ready> waiting) throws SQLException {
        try (Connection connection = replica.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET sql_log_bin = 0, unique_checks = 0, foreign_key_checks = 0");
            statement.execute("USE " + BenchCommand.DATABASE);
            for (Ready ready = waiting.poll(); ready != null; ready = waiting.poll()) {
                load(statement, ready);
            }
        }
    }

    private static void load(Statement statement, Ready ready) throws SQLException {
        boolean later = ready.bytes() >= BIG && !ready.text().indexes().isEmpty();
        statement.execute(later ? ready.text().bare() : ready.text().whole());
        statement.execute(loading(ready));
        if (later) {
            statement.execute("ALTER TABLE " + ready.table() + " ADD "
                    + String.join(", ADD ", ready.text().indexes()));
        }
    }

    /** JSON is refused as bytes without a character set. */
    private static String loading(Ready ready) {
        List<String> documents = ready.text().documents();
        return "LOAD DATA INFILE '" + ready.file() + "' INTO TABLE " + ready.table() + " CHARACTER SET binary ("
                + ready.text().columns().stream()
                        .map(column -> documents.contains(column) ? "@" + column : column)
                        .collect(Collectors.joining(", "))
                + ")"
                + (documents.isEmpty() ? "" : " SET ")
                + documents.stream()
                        .map(column -> column + " = CONVERT(@" + column + " USING utf8mb4)")
                        .collect(Collectors.joining(", "));
    }
}
