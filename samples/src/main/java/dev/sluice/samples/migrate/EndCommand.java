// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.migrate;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.core.Sluice;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Ends the replication. */
@Command(
        name = "end",
        mixinStandardHelpOptions = true,
        description = {
            "Stops the replication for good: the replica forgets its source, the source loses the replication account and gets RDS's own"
                    + " retention of binary logs. No row is touched on either.",
            "The replica stays read-only if it is; 'end --preview' shows the statements that change that."
        })
final class EndCommand implements Callable<Integer> {
    @Mixin
    private Migration migration = new Migration();

    @Option(names = "--enable-events", description = "enable on the replica the events that are enabled on the source")
    private boolean events;

    @Option(names = "--preview", description = "show what would be done, and do nothing")
    private boolean preview;

    @Override
    public Integer call() throws Exception {
        try (Sluice sluice = migration.sluice()) {
            EndPlan end = events ? migration.end().enableEvents() : migration.end();
            CompiledPlan compiled = sluice.compile(end);
            if (preview) {
                System.out.println(compiled.explain());
                return ExitCode.DONE;
            }
            return new Foreground(sluice).drive(listeners -> sluice.start(compiled, listeners));
        }
    }
}
