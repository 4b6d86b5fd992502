// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.migrate;

import dev.sluice.api.run.RunResult;
import dev.sluice.core.Sluice;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes a run back. */
@Command(
        name = "abandon",
        mixinStandardHelpOptions = true,
        description = "Takes back what a run has changed that was interrupted, failed, or whose process died.")
final class AbandonCommand implements Callable<Integer> {
    @Mixin
    private FolderOptions folder = new FolderOptions();

    @Mixin
    private LeftRun left = new LeftRun();

    @Override
    public Integer call() throws InterruptedException {
        try (Sluice sluice = folder.sluice()) {
            RunResult result = sluice.abandon(left.in(sluice));
            result.undone().forEach(line -> System.out.println("undone: " + line));
            result.left().forEach(line -> System.out.println("still in place: " + line));
            return result.left().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }
}
