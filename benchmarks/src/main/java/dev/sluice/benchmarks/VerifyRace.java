// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One data set, copied to a replica that then follows its source, and compared in turns. Not thread-safe. */
final class VerifyRace {
    private static final Duration CAUGHT_UP = Duration.ofMinutes(10);

    private final BenchServers servers;
    private final PrintStream out;

    VerifyRace(BenchServers servers, PrintStream out) {
        this.servers = servers;
        this.out = out;
    }

    VerifyResult over(
            DataSet data, SdkThreads threads, List<Comparer> comparers, Map<String, String> missing, int turns)
            throws SQLException, IOException {
        out.println();
        out.println("Filling the source: " + data.description());
        servers.fill(data);
        double copy = copy(threads);
        follow();
        for (Comparer comparer : comparers) {
            out.printf(Locale.ROOT, "warm-up %-21s %7.2f s, not counted%n", comparer.name(), turn(comparer));
        }
        Map<String, List<Double>> seconds = new LinkedHashMap<>();
        comparers.forEach(comparer -> seconds.put(comparer.name(), new ArrayList<>()));
        for (int turn = 0; turn < turns; turn++) {
            for (int i = 0; i < comparers.size(); i++) {
                Comparer comparer = comparers.get((i + turn) % comparers.size());
                double took = turn(comparer);
                seconds.computeIfAbsent(comparer.name(), first -> new ArrayList<>())
                        .add(took);
                out.printf(Locale.ROOT, "turn %d  %-21s %7.2f s%n", turn + 1, comparer.name(), took);
            }
        }
        requireFound(comparers);
        Map<String, String> how = new LinkedHashMap<>();
        comparers.forEach(comparer -> how.put(comparer.name(), comparer.how()));
        VerifyResult result = new VerifyResult(data, copy, seconds, how, missing);
        result.print(out);
        return result;
    }

    /** The second of two copies counts: the first one finds the memory of the machine as it is. */
    private double copy(SdkThreads threads) throws IOException {
        double seconds = 0;
        for (int i = 0; i < 2; i++) {
            servers.freshReplica();
            Path scratch = Programs.scratch();
            try {
                Map<String, Double> figures = SdkInChildJvm.with(threads).copy(servers, scratch);
                seconds = figures.getOrDefault("seconds", Double.NaN);
            } finally {
                Programs.delete(scratch);
            }
        }
        out.printf(Locale.ROOT, "copy    %-21s %7.2f s%n", "Sluice", seconds);
        return seconds;
    }

    /**
     * Nothing of the data is in the source's log, so that the replica begins after what is there. The servers have no TLS, which MySQL 9 asks for
     * unless it is told otherwise.
     */
    private void follow() {
        Account account = servers.account();
        String executed = BenchServers.one(servers.source(), "SELECT @@GLOBAL.gtid_executed");
        servers.replica()
                .execute(
                        servers.reset(),
                        "SET GLOBAL gtid_purged = '" + executed.replace("\n", "") + "'",
                        "CHANGE REPLICATION SOURCE TO SOURCE_HOST = '127.0.0.1', SOURCE_PORT = "
                                + servers.source().port() + ", SOURCE_USER = '" + account.user()
                                + "', SOURCE_PASSWORD = '" + account.password()
                                + "', SOURCE_AUTO_POSITION = 1, SOURCE_SSL = 0, GET_SOURCE_PUBLIC_KEY = 1",
                        "START REPLICA");
    }

    private double turn(Comparer comparer) throws IOException {
        catchUp();
        Path scratch = Programs.scratch();
        try {
            long begin = System.nanoTime();
            Map<String, Double> figures = comparer.compare(servers, scratch);
            double wall = (System.nanoTime() - begin) / 1e9;
            if (figures.getOrDefault("mismatches", 0.0) > 0) {
                throw new IllegalStateException(comparer.name() + " found differences where there are none");
            }
            return figures.getOrDefault("seconds", wall);
        } finally {
            Programs.delete(scratch);
        }
    }

    private void catchUp() {
        String executed = BenchServers.one(servers.source(), "SELECT @@GLOBAL.gtid_executed")
                .replace("\n", "");
        String late = BenchServers.one(
                servers.replica(),
                "SELECT WAIT_FOR_EXECUTED_GTID_SET('" + executed + "', " + CAUGHT_UP.toSeconds() + ")");
        if (!late.equals("0")) {
            throw new IllegalStateException("the replica did not catch up with its source");
        }
    }

    /** Whoever finds nothing is fast. */
    private void requireFound(List<Comparer> comparers) throws IOException {
        String table = String.valueOf(servers.replica()
                .query("SELECT TABLE_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = '"
                        + BenchCommand.DATABASE + "' AND COLUMN_NAME = 'id' ORDER BY TABLE_NAME LIMIT 1")
                .get(0)
                .get(0));
        servers.replica()
                .execute("SET sql_log_bin = 0", "DELETE FROM " + BenchCommand.DATABASE + "." + table + " LIMIT 1");
        for (Comparer comparer : comparers) {
            if (!finds(comparer)) {
                throw new IllegalStateException(comparer.name() + " did not find a row that was deleted");
            }
        }
    }

    private boolean finds(Comparer comparer) throws IOException {
        Path scratch = Programs.scratch();
        try {
            return comparer.compare(servers, scratch).getOrDefault("mismatches", 0.0) > 0;
        } finally {
            Programs.delete(scratch);
        }
    }
}
