// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.testservers.MySqlServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** What the server itself can take: {@code LOAD DATA INFILE} from files made beforehand, and the indexes after the rows. */
final class ServersLimit implements Contender, AutoCloseable {
    /** In a smaller table a statement more takes longer than the indexes do. */
    private static final long BIG = 8 << 20;

    private final int threads;
    private final Path files;
    private final List<Unit> units = new ArrayList<>();

    private record Unit(String table, Path file, long bytes, TableText text) {}

    private ServersLimit(int threads, Path files) {
        this.threads = threads;
        this.files = files;
    }

    static ServersLimit with(int threads) throws IOException {
        return new ServersLimit(threads, Programs.scratch());
    }

    @Override
    public Role role() {
        return Role.LIMIT;
    }

    @Override
    public String name() {
        return "server's limit";
    }

    @Override
    public String how() {
        return "LOAD DATA INFILE from ready files, " + threads
                + " tables at once, biggest first; indexes of tables over 8 MB built after their rows;"
                + " sql_log_bin=0, unique_checks=0, foreign_key_checks=0";
    }

    @Override
    public void prepare(BenchServers servers) throws IOException {
        MySqlServer source = servers.source();
        forgetFiles();
        for (List<?> row : source.query("SELECT table_name FROM information_schema.tables WHERE table_schema = '"
                + BenchCommand.DATABASE + "' ORDER BY table_name")) {
            String table = String.valueOf(row.get(0));
            String name = BenchCommand.DATABASE + "." + table;
            Path file = files.resolve(table);
            String create = String.valueOf(
                    source.query("SHOW CREATE TABLE " + name).get(0).get(1));
            source.execute("SELECT * INTO OUTFILE '" + file + "' CHARACTER SET binary FROM " + name);
            units.add(new Unit(table, file, Files.size(file), TableText.of(create)));
        }
        units.sort(Comparator.comparingLong(Unit::bytes).reversed());
    }

    @Override
    public double pace() {
        return 1;
    }

    @Override
    public Map<String, Double> copy(BenchServers servers, Path scratch) {
        servers.replica()
                .execute("SET sql_log_bin = 0", "CREATE DATABASE " + BenchCommand.DATABASE + " CHARACTER SET utf8mb4");
        Queue<Unit> waiting = new ConcurrentLinkedQueue<>(units);
        Parallel.forEach(Collections.nCopies(threads, waiting), threads, queue -> load(servers.replica(), queue));
        return Map.of();
    }

    /** Those of the data set before. */
    private void forgetFiles() throws IOException {
        for (Unit unit : units) {
            Files.delete(unit.file());
        }
        units.clear();
    }

    private static void load(MySqlServer replica, Queue<Unit> waiting) throws SQLException {
        try (Connection connection = replica.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET sql_log_bin = 0, unique_checks = 0, foreign_key_checks = 0");
            statement.execute("USE " + BenchCommand.DATABASE);
            for (Unit unit = waiting.poll(); unit != null; unit = waiting.poll()) {
                load(statement, unit);
            }
        }
    }

    private static void load(Statement statement, Unit unit) throws SQLException {
        boolean later = unit.bytes() >= BIG && !unit.text().indexes().isEmpty();
        statement.execute(later ? unit.text().bare() : unit.text().whole());
        statement.execute(loading(unit));
        if (later) {
            statement.execute("ALTER TABLE " + unit.table() + " ADD "
                    + String.join(", ADD ", unit.text().indexes()));
        }
    }

    /** JSON is refused as bytes without a character set. */
    private static String loading(Unit unit) {
        List<String> documents = unit.text().documents();
        return "LOAD DATA INFILE '" + unit.file() + "' INTO TABLE " + unit.table() + " CHARACTER SET binary ("
                + unit.text().columns().stream()
                        .map(column -> documents.contains(column) ? "@" + column : column)
                        .collect(Collectors.joining(", "))
                + ")"
                + (documents.isEmpty() ? "" : " SET ")
                + documents.stream()
                        .map(column -> column + " = CONVERT(@" + column + " USING utf8mb4)")
                        .collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        Programs.delete(files);
    }
}
