// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.benchmarks.PeerOptions.Way;
import java.io.PrintStream;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Copies very many small tables. */
@Command(
        name = "tables",
        mixinStandardHelpOptions = true,
        description =
                "Copies very many tables of ten rows, with Sluice and with mysqldump where --only does not say more.")
final class TablesCommand implements Callable<Integer> {
    private static final int ROWS_EACH = 10;

    @Mixin
    private RunOptions run = new RunOptions();

    @Mixin
    private PeerOptions peers = new PeerOptions();

    @Option(names = "--tables", defaultValue = "10000", description = "how many (default: ${DEFAULT-VALUE})")
    private int tables = 10_000;

    @Option(names = "--turns", defaultValue = "1", description = "turns of each (default: ${DEFAULT-VALUE})")
    private int turns = 1;

    @Override
    public Integer call() throws Exception {
        PrintStream out = System.out;
        DataSet data = new ManyTables(tables, ROWS_EACH);
        try (ReadyFiles files = ReadyFiles.none()) {
            List<Contender> contenders = peers.contenders(EnumSet.of(Way.sdk, Way.mysqldump), run, files, out);
            Forecast forecast = Forecast.ofServers().andSet(data).andRace(data, contenders, turns);
            run.measure(forecast, out, servers -> {
                Race race = Race.over(data, servers, out);
                race.warmUp(files);
                RaceResult result = race.run(data.name(), contenders, turns);
                return json -> BenchReport.races(json, List.of(result));
            });
        }
        return 0;
    }
}
