// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of all benchmarks. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        subcommands = {
            CopyCommand.class,
            TablesCommand.class,
            LocksCommand.class,
            VerifyCommand.class,
            MicroCommand.class
        },
        description =
                "Measures Sluice on servers that it starts on this machine, side by side with what people use today.")
final class BenchCommand {
    static final String DATABASE = "bench";

    private BenchCommand() {}

    public static void main(String... arguments) {
        CommandLine line = new CommandLine(new BenchCommand());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (System.getenv("SLUICE_BENCH_TRACE") != null) {
                failure.printStackTrace(command.getErr());
            }
            System.out.println("BENCH FAILED " + (failure.getMessage() == null ? failure : failure.getMessage()));
            return 1;
        });
        AtomicBoolean done = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> tellUnless(done)));
        int code = line.execute(arguments);
        done.set(true);
        System.exit(code);
    }

    /** Otherwise a signal from outside would leave half a report that looks like a whole one. */
    private static void tellUnless(AtomicBoolean done) {
        if (!done.get()) {
            System.out.println("BENCH FAILED ended from outside before it was done");
        }
    }
}
