// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.benchmarks.PeerOptions.Way;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
        all;

        List<DataSet> of(long rows) {
            return switch (this) {
                case narrow -> List.of(new NarrowRows(rows));
                case mixed -> List.of(new MixedRows(rows));
                case all -> List.of(new NarrowRows(rows), new MixedRows(rows));
            };
        }
    }

    @Mixin
    private RunOptions run = new RunOptions();

    @Mixin
    private PeerOptions peers = new PeerOptions();

    @Mixin
    private ExtraOptions extras = new ExtraOptions();

    @Option(names = "--turns", defaultValue = "3", description = "turns of each (default: ${DEFAULT-VALUE})")
    private int turns = 3;

    @Option(
            names = "--rows",
            defaultValue = "2000000",
            description = "rows of the narrow set (default: ${DEFAULT-VALUE})")
    private long rows = 2_000_000;

    @Option(names = "--set", defaultValue = "all", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Sets set = Sets.all;

    @Override
    public Integer call() throws Exception {
        PrintStream out = System.out;
        try (ReadyFiles files = ReadyFiles.none()) {
            List<Contender> contenders = peers.contenders(EnumSet.allOf(Way.class), run, files, out);
            run.measure(forecast(contenders), out, servers -> {
                List<RaceResult> results = new ArrayList<>();
                for (DataSet data : sets()) {
                    results.addAll(race(Race.over(data, servers, out), contenders, files));
                }
                for (ExtraOptions.Alone extra : extras.alone(run.threads(), rows)) {
                    results.add(Race.over(extra.data(), servers, out)
                            .run(extra.data().name(), List.of(extra.contender()), 1));
                }
                return json -> BenchReport.races(json, results);
            });
        }
        return 0;
    }

    /** The extra rows come when the race is over, so that they are in nobody's way. */
    private List<RaceResult> race(Race race, List<Contender> contenders, ReadyFiles files)
            throws SQLException, IOException {
        List<RaceResult> results = new ArrayList<>();
        race.warmUp(files);
        results.add(race.run(race.data().name(), contenders, turns));
        List<Contender> beside = extras.beside(run.threads());
        if (!beside.isEmpty()) {
            results.add(race.run(race.data().name() + "-extra", beside, turns));
        }
        return results;
    }

    private Forecast forecast(List<Contender> contenders) {
        Forecast all = Forecast.ofServers();
        for (DataSet data : sets()) {
            all = all.andSet(data).andRace(data, contenders, turns).andRace(data, extras.beside(run.threads()), turns);
        }
        for (ExtraOptions.Alone extra : extras.alone(run.threads(), rows)) {
            all = all.andSet(extra.data()).andRace(extra.data(), List.of(extra.contender()), 1);
        }
        return all;
    }

    private List<DataSet> sets() {
        return set.of(rows);
    }
}
