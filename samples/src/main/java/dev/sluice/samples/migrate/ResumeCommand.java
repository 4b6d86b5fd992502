// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.migrate;

import dev.sluice.api.run.RunId;
import dev.sluice.core.Sluice;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Goes on with a run that was paused, failed, or lost its process. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = {
            "Goes on with a run that was interrupted, failed, or whose process died. What is done is recognised by looking at the servers;"
                    + " a copy that was not finished starts over.",
            "The plan is in the journal: --source-… and --replica-… are not needed."
        })
final class ResumeCommand implements Callable<Integer> {
    @Mixin
    private FolderOptions folder = new FolderOptions();

    @Mixin
    private LeftRun left = new LeftRun();

    @Override
    public Integer call() throws Exception {
        try (Sluice sluice = folder.sluice()) {
            RunId run = left.in(sluice);
            return new Foreground(sluice).drive(listeners -> sluice.resume(run, listeners));
        }
    }
}
