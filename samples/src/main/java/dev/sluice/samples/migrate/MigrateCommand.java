// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.migrate;

import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.error.SluiceException;
import dev.sluice.samples.ShortUsage;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** The program's command line. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description = {
            "Migrates databases from an instance of RDS for MySQL to a cluster of Aurora MySQL while the source is written to.",
            "",
            "Without options it works on two servers of this machine that look like RDS and Aurora: start them by 'servers' in another"
                    + " terminal. With --source-… and --replica-… it works on yours. Options that you repeat fit into a file: migrate @FILE run."
        },
        subcommands = {
            ServersCommand.class,
            PlanCommand.class,
            CheckCommand.class,
            RunCommand.class,
            ResumeCommand.class,
            StatusCommand.class,
            WatchCommand.class,
            CutOverCommand.class,
            EndCommand.class,
            AbandonCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed: what is said tells what happened to the servers; a run can be resumed or abandoned",
            "2:not understood: nothing was done",
            "3:refused, by the plan's rules or the preflight: nothing was changed",
            "4:compared, and replica and source differ",
            "130:ended by Ctrl-C (143: by SIGTERM): a run is paused and can be resumed"
        })
final class MigrateCommand {
    public static void main(String... arguments) {
        CommandLine line = new CommandLine(new MigrateCommand())
                .setExecutionExceptionHandler(MigrateCommand::tell)
                .setParameterExceptionHandler(new ShortUsage())
                .setUsageHelpAutoWidth(true);
        System.exit(line.execute(arguments));
    }

    private static int tell(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        if (failure instanceof Misunderstood || failure instanceof IllegalArgumentException) {
            command.getErr().println(failure.getMessage());
            return ExitCode.USAGE;
        }
        if (!(failure instanceof SluiceException)) {
            throw failure;
        }
        command.getErr().println(failure.getMessage());
        return failure instanceof PlanRejectedException ? ExitCode.REFUSED : ExitCode.FAILED;
    }
}
