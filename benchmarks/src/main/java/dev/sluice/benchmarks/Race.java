// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One data set on the source, which contenders copy in turns, each onto a fresh replica, and each copy compared with it. Not thread-safe.
 */
final class Race {
    /** Tables at once in the warm-up. */
    private static final int FEW = 2;

    private final DataSet data;
    private final BenchServers servers;
    private final PrintStream out;
    private final TableSums expected;
    private final Set<Contender> prepared = new HashSet<>();

    private Race(DataSet data, BenchServers servers, PrintStream out, TableSums expected) {
        this.data = data;
        this.servers = servers;
        this.out = out;
        this.expected = expected;
    }

    /** Fills the source, and reads all of it once, so that every contender finds the same in the source's memory. */
    static Race over(DataSet data, BenchServers servers, PrintStream out) throws SQLException {
        out.println();
        out.println("Filling the source: " + data.description());
        servers.fill(data);
        return new Race(data, servers, out, TableSums.of(servers.source()));
    }

    DataSet data() {
        return data;
    }

    /**
     * A copy that does not count, by the limit's way. A virtual machine gets its memory from its host when it is first used, and the host's work for that
     * would be on the account of whoever copies first.
     */
    void warmUp(ReadyFiles files) throws SQLException, IOException {
        Contender contender = new ServersLimit(FEW, files);
        prepare(contender);
        out.printf(
                Locale.ROOT,
                "warm-up %-21s %7.2f s, not counted%n",
                contender.name(),
                turn(contender).seconds());
    }

    /**
     * Has all of them copy as often as there are turns, in another order each time.
     *
     * @param name of the result
     */
    RaceResult run(String name, List<Contender> contenders, int turns) throws SQLException, IOException {
        Map<String, String> missing = new LinkedHashMap<>();
        List<Contender> present = present(contenders, missing);
        Map<Contender, List<Turn>> results = new LinkedHashMap<>();
        present.forEach(contender -> results.put(contender, new ArrayList<>()));
        for (int turn = 0; turn < turns; turn++) {
            for (int i = 0; i < present.size(); i++) {
                Contender contender = present.get((i + turn) % present.size());
                Turn measured = turn(contender);
                results.computeIfAbsent(contender, first -> new ArrayList<>()).add(measured);
                out.printf(Locale.ROOT, "turn %d  %-21s %7.2f s%n", turn + 1, contender.name(), measured.seconds());
            }
        }
        RaceResult result = new RaceResult(name, data.description(), results, missing);
        RaceTable.print(result, out);
        return result;
    }

    private List<Contender> present(List<Contender> contenders, Map<String, String> missing)
            throws SQLException, IOException {
        List<Contender> present = new ArrayList<>();
        for (Contender contender : contenders) {
            Optional<String> why = contender.missing();
            if (why.isEmpty()) {
                prepare(contender);
                present.add(contender);
            } else {
                out.println("MISSING " + contender.name() + ": " + why.get());
                missing.put(contender.name(), why.get());
            }
        }
        if (present.isEmpty()) {
            throw new IllegalStateException("nobody is left to copy anything");
        }
        return present;
    }

    private void prepare(Contender contender) throws SQLException, IOException {
        if (prepared.add(contender)) {
            contender.prepare(servers);
        }
    }

    private Turn turn(Contender contender) throws SQLException, IOException {
        Path scratch = Programs.scratch();
        try {
            contender.before(servers, scratch);
            servers.freshReplica();
            Turn measured = measure(contender, scratch);
            expected.requireEqual(TableSums.of(servers.replica()), contender.name());
            return measured;
        } finally {
            Programs.delete(scratch);
        }
    }

    private Turn measure(Contender contender, Path scratch) throws SQLException, IOException {
        long source = ProcFile.processId(servers.source());
        long replica = ProcFile.processId(servers.replica());
        long binlog = servers.replicaBinlogBytes();
        Turn.Statements asked = statements();
        Turn.Cpu before = cpu(source, replica);
        long begin = System.nanoTime();
        Map<String, Double> figures = contender.copy(servers, scratch);
        double wall = (System.nanoTime() - begin) / 1e9;
        Turn.Cpu after = cpu(source, replica);
        Turn.Statements askedNow = statements();
        return new Turn(
                figures.getOrDefault("seconds", wall),
                wall,
                new Turn.Cpu(
                        figures.getOrDefault("cpu_seconds", after.programs() - before.programs()),
                        after.source() - before.source(),
                        after.replica() - before.replica()),
                new Turn.Statements(askedNow.source() - asked.source(), askedNow.replica() - asked.replica()),
                servers.replicaBinlogBytes() - binlog,
                figures);
    }

    private static Turn.Cpu cpu(long source, long replica) throws IOException {
        return new Turn.Cpu(
                ProcFile.cpuSecondsOfEndedChildren(), ProcFile.cpuSeconds(source), ProcFile.cpuSeconds(replica));
    }

    /** The few that ask for this are counted as well. */
    private Turn.Statements statements() {
        return new Turn.Statements(
                BenchServers.statements(servers.source()), BenchServers.statements(servers.replica()));
    }
}
