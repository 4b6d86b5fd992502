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

/** Copies the same data with everything that there is. */
@Command(
        name = "copy",
        mixinStandardHelpOptions = true,
        description = "Copies the same data in turns with Sluice, mysqldump, mydumper, and at the server's own limit.")
final class CopyCommand implements Callable<Integer> {
    /** What is copied. */
    enum Sets {
        narrow,
        mixed,
        all
    }

    @Option(names = "--turns", defaultValue = "3", description = "turns of each (default: ${DEFAULT-VALUE})")
    private int turns = 3;

    @Option(
            names = "--rows",
            defaultValue = "2000000",
            description = "rows of the narrow set (default: ${DEFAULT-VALUE})")
    private long rows = 2_000_000;

    @Option(names = "--set", defaultValue = "all", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Sets set = Sets.all;

    @Option(
            names = "--threads",
            defaultValue = "2",
            description = "readers and writers of Sluice, and tables at once at the limit (default: ${DEFAULT-VALUE})")
    private int threads = 2;

    @Option(
            names = "--mydumper-threads",
            defaultValue = "2,4",
            split = ",",
            description = "threads of mydumper and myloader, each in turns of its own, of which the fastest counts"
                    + " (default: ${DEFAULT-VALUE})")
    private List<Integer> mydumperThreads = List.of();

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            split = ",",
            description = "more rows in which Sluice has this as -Xmx, such as 64m; in no ratio")
    private List<String> heaps = new ArrayList<>();

    @Option(
            names = "--json",
            paramLabel = "FILE",
            defaultValue = "benchmarks/target/bench-copy.json",
            description = "where the figures go (default: ${DEFAULT-VALUE})")
    private Path json = Path.of("benchmarks/target/bench-copy.json");

    @Override
    public Integer call() throws Exception {
        PrintStream out = System.out;
        List<RaceResult> results = new ArrayList<>();
        Map<String, String> machine = Machine.facts();
        try (BenchServers servers = BenchServers.start()) {
            Map<String, String> settings = servers.settings();
            Settings.print(machine, settings, out);
            for (DataSet data : sets()) {
                try (ServersLimit limit = ServersLimit.with(threads)) {
                    RaceResult result = new Race(servers, contenders(limit), turns, out).run(data);
                    RaceTable.print(result, out);
                    results.add(result);
                }
            }
            machine.put("load at the end", Machine.load());
            BenchReport.write(json, machine, settings, generator -> BenchReport.races(generator, results));
        }
        out.println("JSON: " + json);
        return 0;
    }

    private List<DataSet> sets() {
        return switch (set) {
            case narrow -> List.of(new NarrowRows(rows));
            case mixed -> List.of(new MixedRows(rows));
            case all -> List.of(new NarrowRows(rows), new MixedRows(rows));
        };
    }

    private List<Contender> contenders(ServersLimit limit) {
        List<Contender> contenders = new ArrayList<>(List.of(SdkInChildJvm.with(threads), new MysqldumpAndMysql()));
        mydumperThreads.forEach(number -> contenders.add(new MydumperAndMyloader(number)));
        contenders.add(limit);
        heaps.forEach(heap -> contenders.add(SdkInChildJvm.withHeap(threads, heap)));
        return contenders;
    }
}
