// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares the same replica with its source by Sluice and by pt-table-checksum. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Compares a replica that follows its source, in turns with Sluice and with pt-table-checksum.")
final class VerifyCommand implements Callable<Integer> {
    /** In terms of the copy's time: both compare, and the copy is made twice. */
    private static final double PACE = 2.5;

    @Mixin
    private RunOptions run = new RunOptions();

    @Option(names = "--turns", defaultValue = "3", description = "turns of each (default: ${DEFAULT-VALUE})")
    private int turns = 3;

    @Option(
            names = "--rows",
            defaultValue = "2000000",
            description = "rows of the narrow set (default: ${DEFAULT-VALUE})")
    private long rows = 2_000_000;

    @Option(names = "--set", defaultValue = "all", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private CopyCommand.Sets set = CopyCommand.Sets.all;

    @Option(
            names = "--no-install",
            description = "do not install percona-toolkit where it is missing; the report then says that it is")
    private boolean declined;

    @Override
    public Integer call() throws Exception {
        PrintStream out = System.out;
        List<Comparer> comparers = new ArrayList<>(List.of(new SdkComparer(run.threads())));
        Map<String, String> missing = new LinkedHashMap<>();
        Optional<String> why = PtTableChecksum.refusal(run.release())
                .or(() -> PackageInstall.perconaToolkit(new SystemShell(), out)
                        .missing(declined ? PackageInstall.Consent.DECLINED : PackageInstall.Consent.GIVEN));
        why.ifPresentOrElse(
                reason -> {
                    out.println("MISSING " + VerifyResult.PEER + ": " + reason);
                    missing.put(VerifyResult.PEER, reason);
                },
                () -> comparers.add(new PtTableChecksum()));
        run.measure(forecast(), out, servers -> {
            List<VerifyResult> results = new ArrayList<>();
            for (DataSet data : set.of(rows)) {
                results.add(new VerifyRace(servers, out).over(data, run.threads(), comparers, missing, turns));
            }
            return json -> VerifyResult.write(json, results);
        });
        return 0;
    }

    private Forecast forecast() {
        Forecast all = Forecast.ofServers();
        for (DataSet data : set.of(rows)) {
            all = all.andSet(data).plus(data.limitSeconds() * PACE * (turns + 3));
        }
        return all;
    }
}
