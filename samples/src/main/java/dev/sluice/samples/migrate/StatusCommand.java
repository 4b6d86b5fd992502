// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.migrate;

import dev.sluice.api.run.RecordedRun;
import dev.sluice.core.Sluice;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the runs that the journal knows. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Lists the runs of the folder and what can be done about them. Asks no server; 'watch' does.")
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private FolderOptions folder = new FolderOptions();

    @Override
    public Integer call() {
        try (Sluice sluice = folder.sluice()) {
            List<RecordedRun> runs = sluice.runs();
            if (runs.isEmpty()) {
                System.out.println("No run in " + folder.folder());
            }
            runs.forEach(run -> System.out.println(run.id() + "  " + run.condition() + "  begun " + run.began() + "  "
                    + run.about()
                    + (run.toUndo().isEmpty() ? "" : "  " + run.toUndo().size() + " changes can be taken back")));
        }
        return ExitCode.DONE;
    }
}
