// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.migrate;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.preflight.PreflightReport;
import dev.sluice.core.Sluice;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Sets the replication up. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Checks, copies, replicates, catches up and compares, while the source is written to. Replication goes on when it ends.",
            "Ctrl-C pauses it; 'resume' goes on, 'abandon' takes it back."
        })
final class RunCommand implements Callable<Integer> {
    @Mixin
    private Migration migration = new Migration();

    @Override
    public Integer call() throws Exception {
        try (Sluice sluice = migration.sluice()) {
            CompiledPlan compiled = sluice.compile(migration.planFor(sluice));
            PreflightReport report = sluice.preflight(compiled);
            System.out.println("Preflight: " + report);
            report.orThrow();
            return new Foreground(sluice).drive(listeners -> sluice.start(compiled, report, listeners));
        }
    }
}
