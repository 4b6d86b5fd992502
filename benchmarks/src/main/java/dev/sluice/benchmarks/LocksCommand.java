// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long a snapshot holds up writers. */
@Command(
        name = "locks",
        mixinStandardHelpOptions = true,
        description = "Measures how long snapshots hold up a few hundred transactions a second.")
final class LocksCommand implements Callable<Integer> {
    private static final int ROWS_EACH = 100;

    @Mixin
    private RunOptions run = new RunOptions();

    @Option(
            names = "--tables",
            defaultValue = "1,100,2000",
            split = ",",
            description = "numbers of tables (default: ${DEFAULT-VALUE})")
    private List<Integer> tables = List.of();

    @Option(names = "--snapshots", defaultValue = "20", description = "snapshots of each (default: ${DEFAULT-VALUE})")
    private int snapshots = 20;

    @Override
    public Integer call() throws Exception {
        PrintStream out = System.out;
        run.measure(Forecast.ofLocks(tables, snapshots), out, servers -> {
            List<LockResult> results = new ArrayList<>();
            LockResult.heading(out);
            for (int number : tables) {
                servers.fill(new ManyTables(number, ROWS_EACH));
                LockResult result = new Locks(
                                servers,
                                number,
                                ROWS_EACH,
                                run.threads().copying().readers())
                        .measure(snapshots);
                result.print(out);
                results.add(result);
            }
            return json -> LockResult.write(json, results);
        });
        return 0;
    }
}
