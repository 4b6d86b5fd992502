// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.migrate;

import dev.sluice.core.Sluice;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows everything that a run would do. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Asks both servers, and shows every step and every statement of a run. Changes nothing.")
final class PlanCommand implements Callable<Integer> {
    @Mixin
    private Migration migration = new Migration();

    @Override
    public Integer call() {
        try (Sluice sluice = migration.sluice()) {
            System.out.println(sluice.compile(migration.planFor(sluice)).explain());
        }
        return ExitCode.DONE;
    }
}
