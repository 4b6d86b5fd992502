// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.migrate;

import dev.sluice.api.error.RunStoppedException;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunListener;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.console.ConsoleProgress;
import dev.sluice.core.Sluice;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** A run that somebody watches, who may answer what it asks people, and may press Ctrl-C: then it is paused, and can go on later. */
final class Foreground {
    private final Sluice sluice;
    private final AtomicBoolean isPausing = new AtomicBoolean();

    Foreground(Sluice sluice) {
        this.sluice = sluice;
    }

    /** Begins a run and waits for its end. */
    int drive(Function<RunListener[], ReplicationRun> beginning) throws InterruptedException {
        PrintStream out = System.out;
        try (ConsoleProgress progress = ConsoleProgress.on(out)) {
            PersonsAnswers answers = new PersonsAnswers(System.in, System.out);
            ReplicationRun run = beginning.apply(new RunListener[] {progress, answers});
            answers.belongTo(run);
            Thread atExit = new Thread(() -> pause(progress, run), "pause");
            Runtime.getRuntime().addShutdownHook(atExit);
            try {
                return await(run);
            } finally {
                forget(atExit);
            }
        }
    }

    private static void forget(Thread atExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException isEnding) {
            // It is under way, and leaves alone what has ended.
        }
    }

    private int await(ReplicationRun run) throws InterruptedException {
        try {
            RunResult result = run.await();
            result.verification().map(Foreground::proof).ifPresent(System.out::println);
            return ExitCode.DONE;
        } catch (RunStoppedException stopped) {
            if (isPausing.get()) {
                // Whoever pressed Ctrl-C is told how to go on, not that it failed.
                return ExitCode.FAILED;
            }
            RunResult result = run.completion().toCompletableFuture().join();
            if (result.verification().filter(report -> !report.isClean()).isPresent()) {
                System.out.println(proof(result.verification().orElseThrow()));
                return ExitCode.DIFFERENT;
            }
            System.out.println(goOn(run));
            throw stopped;
        }
    }

    private static String proof(VerificationReport report) {
        return "Compared: " + report.tables().size() + " tables, " + report.rows() + " rows, " + report.mismatches()
                + " mismatches";
    }

    /** Closing the Sluice stops the run where it is, releases its locks, and leaves the rest for the next process. */
    private void pause(ConsoleProgress progress, ReplicationRun run) {
        if (run.status().state().isFinal()) {
            return;
        }
        isPausing.set(true);
        progress.close();
        System.out.println();
        System.out.println("Pausing …");
        sluice.close();
        System.out.println("Paused. " + goOn(run));
    }

    private static String goOn(ReplicationRun run) {
        return "Go on with 'migrate resume --run " + run.id() + "', take it back with 'migrate abandon --run "
                + run.id() + "', with the same --folder";
    }
}
