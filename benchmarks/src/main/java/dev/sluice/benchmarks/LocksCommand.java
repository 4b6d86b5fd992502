// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long a snapshot holds up writers. */
@Command(
        name = "locks",
        mixinStandardHelpOptions = true,
        description = "Measures how long snapshots hold up a few hundred transactions a second.")
final class LocksCommand implements Callable<Integer> {
    private static final int ROWS_EACH = 100;

    @Option(
            names = "--tables",
            defaultValue = "1,100,2000",
            split = ",",
            description = "numbers of tables (default: ${DEFAULT-VALUE})")
    private List<Integer> tables = List.of();

    @Option(names = "--snapshots", defaultValue = "20", description = "snapshots of each (default: ${DEFAULT-VALUE})")
    private int snapshots = 20;

    @Option(names = "--threads", defaultValue = "2", description = "readers of a snapshot (default: ${DEFAULT-VALUE})")
    private int threads = 2;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            defaultValue = "benchmarks/target/bench-locks.json",
            description = "where the figures go (default: ${DEFAULT-VALUE})")
    private Path json = Path.of("benchmarks/target/bench-locks.json");

    @Override
    public Integer call() throws Exception {
        PrintStream out = System.out;
        Map<String, String> machine = Machine.facts();
        List<LockResult> results = new ArrayList<>();
        try (BenchServers servers = BenchServers.start()) {
            Map<String, String> settings = servers.settings();
            Settings.print(machine, settings, out);
            LockResult.heading(out);
            for (int number : tables) {
                servers.fill(new ManyTables(number, ROWS_EACH));
                LockResult result = new Locks(servers, number, ROWS_EACH, threads).measure(snapshots);
                result.print(out);
                results.add(result);
            }
            machine.put("load at the end", Machine.load());
            BenchReport.write(json, machine, settings, generator -> LockResult.write(generator, results));
        }
        out.println("JSON: " + json);
        return 0;
    }
}
