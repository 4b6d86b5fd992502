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
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the server itself can take: {@code LOAD DATA INFILE} from files made beforehand, and the indexes after the rows. */
final class ServersLimit implements Contender, AutoCloseable {
    private final int threads;
    private final Path files;
    private final List<Unit> units = new ArrayList<>();

    private record Unit(String table, Path file, TableText text) {}

    private ServersLimit(int threads, Path files) {
        this.threads = threads;
        this.files = files;
    }

    static ServersLimit with(int threads) throws IOException {
        return new ServersLimit(threads, Files.createTempDirectory("sluice-bench-files"));
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
                + " tables at once, biggest first, indexes built after the rows of each;"
                + " sql_log_bin=0, unique_checks=0, foreign_key_checks=0";
    }

    @Override
    public void prepare(BenchServers servers) throws SQLException {
        MySqlServer source = servers.source();
        List<String> tables = source
                .query("SELECT table_name FROM information_schema.tables WHERE table_schema = '" + BenchCommand.DATABASE
                        + "' ORDER BY data_length DESC, table_name")
                .stream()
                .map(row -> String.valueOf(row.get(0)))
                .toList();
        for (String table : tables) {
            String name = BenchCommand.DATABASE + "." + table;
            String create = String.valueOf(
                    source.query("SHOW CREATE TABLE " + name).get(0).get(1));
            units.add(new Unit(table, files.resolve(table), TableText.of(create)));
            source.execute("SELECT * INTO OUTFILE '" + files.resolve(table) + "' CHARACTER SET binary FROM " + name);
        }
    }

    @Override
    public Map<String, Double> copy(BenchServers servers, Path scratch) {
        servers.replica()
                .execute("SET sql_log_bin = 0", "CREATE DATABASE " + BenchCommand.DATABASE + " CHARACTER SET utf8mb4");
        Parallel.forEach(units, threads, unit -> load(servers.replica(), unit));
        return Map.of();
    }

    private static void load(MySqlServer replica, Unit unit) throws SQLException {
        try (Connection connection = replica.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET sql_log_bin = 0, unique_checks = 0, foreign_key_checks = 0");
            statement.execute("USE " + BenchCommand.DATABASE);
            statement.execute(unit.text().bare());
            statement.execute(loading(unit));
            if (!unit.text().indexes().isEmpty()) {
                statement.execute("ALTER TABLE " + unit.table() + " ADD "
                        + String.join(", ADD ", unit.text().indexes()));
            }
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
