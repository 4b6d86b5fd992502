// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.migrate;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.preflight.PreflightReport;
import dev.sluice.core.Sluice;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks for everything that would go wrong, and tells how long it will take. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Looks at both servers for everything that would go wrong, and estimates how long the copy takes. Changes nothing.")
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private Migration migration = new Migration();

    @Override
    public Integer call() {
        try (Sluice sluice = migration.sluice()) {
            CompiledPlan compiled = sluice.compile(migration.planFor(sluice));
            PreflightReport report = sluice.preflight(compiled);
            System.out.println(report);
            if (!report.passed()) {
                return ExitCode.REFUSED;
            }
            System.out.println(migration.copies() ? sluice.estimate(compiled) : "Nothing is copied");
        }
        return ExitCode.DONE;
    }
}
