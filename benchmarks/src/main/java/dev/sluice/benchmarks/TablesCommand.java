// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Copies very many small tables. */
@Command(
        name = "tables",
        mixinStandardHelpOptions = true,
        description = "Copies very many tables of ten rows with Sluice and with mysqldump.")
final class TablesCommand implements Callable<Integer> {
    private static final int ROWS_EACH = 10;

    @Option(names = "--tables", defaultValue = "10000", description = "how many (default: ${DEFAULT-VALUE})")
    private int tables = 10_000;

    @Option(names = "--turns", defaultValue = "1", description = "turns of each (default: ${DEFAULT-VALUE})")
    private int turns = 1;

    @Option(
            names = "--threads",
            defaultValue = "2",
            description = "readers and writers of Sluice (default: ${DEFAULT-VALUE})")
    private int threads = 2;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            defaultValue = "benchmarks/target/bench-tables.json",
            description = "where the figures go (default: ${DEFAULT-VALUE})")
    private Path json = Path.of("benchmarks/target/bench-tables.json");

    @Override
    public Integer call() throws Exception {
        PrintStream out = System.out;
        Map<String, String> machine = Machine.facts();
        try (BenchServers servers = BenchServers.start()) {
            Map<String, String> settings = servers.settings();
            Settings.print(machine, settings, out);
            List<Contender> contenders = List.of(SdkInChildJvm.with(threads), new MysqldumpAndMysql());
            RaceResult result = new Race(servers, contenders, turns, out).run(new ManyTables(tables, ROWS_EACH));
            RaceTable.print(result, out);
            machine.put("load at the end", Machine.load());
            BenchReport.write(json, machine, settings, generator -> BenchReport.races(generator, List.of(result)));
        }
        out.println("JSON: " + json);
        return 0;
    }
}
