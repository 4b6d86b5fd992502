// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Lets contenders copy the same data in turns, each onto a fresh replica, and compares what each of them copied. */
final class Race {
    private final BenchServers servers;
    private final List<Contender> contenders;
    private final int turns;
    private final PrintStream out;

    Race(BenchServers servers, List<Contender> contenders, int turns, PrintStream out) {
        this.servers = servers;
        this.contenders = contenders;
        this.turns = turns;
        this.out = out;
    }

    RaceResult run(DataSet data) throws SQLException, IOException {
        out.println("Filling the source: " + data.description());
        servers.fill(data);
        // Reads everything once, too, so that every contender finds the same in the source's memory.
        TableSums expected = TableSums.of(servers.source());
        List<Contender> present = prepared();
        Map<Contender, List<Turn>> results = new LinkedHashMap<>();
        present.forEach(contender -> results.put(contender, new ArrayList<>()));
        for (int turn = 0; turn < turns; turn++) {
            for (int i = 0; i < present.size(); i++) {
                Contender contender = present.get((i + turn) % present.size());
                Turn measured = turn(contender, expected);
                results.computeIfAbsent(contender, first -> new ArrayList<>()).add(measured);
                out.printf(Locale.ROOT, "turn %d  %-21s %7.2f s%n", turn + 1, contender.name(), measured.seconds());
            }
        }
        return new RaceResult(data, results);
    }

    private List<Contender> prepared() throws SQLException, IOException {
        List<Contender> present = new ArrayList<>();
        for (Contender contender : contenders) {
            Optional<String> missing = contender.missing();
            if (missing.isEmpty()) {
                contender.prepare(servers);
                present.add(contender);
            } else {
                out.println("MISSING " + contender.name() + ": " + missing.get());
            }
        }
        return present;
    }

    private Turn turn(Contender contender, TableSums expected) throws SQLException, IOException {
        servers.freshReplica();
        Path scratch = Programs.scratch();
        try {
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
                        after.programs() - before.programs(),
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
