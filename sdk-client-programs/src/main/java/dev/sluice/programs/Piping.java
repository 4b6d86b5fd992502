// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.programs;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepOutcomeUnknownException;
import dev.sluice.core.dump.DumpListener;
import dev.sluice.core.mysql.Cancellation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Lets a dump flow into a load, until both have ended well. Nothing is taken for the end but the end of a good dump. */
final class Piping {
    private static final Duration EXIT = Duration.ofSeconds(30);

    private final Dump dump;
    private final Load load;
    private final StreamPump pump;
    private final Duration longestSilence;

    Piping(Dump dump, Load load, DumpListener listener, Duration longestSilence) {
        this.dump = dump;
        this.load = load;
        this.pump = new StreamPump(dump.process().output(), load.process().input(), listener);
        this.longestSilence = longestSilence;
    }

    /**
     * Runs to the end; both programs and their sessions have ended then, in whatever way.
     *
     * @return how many bytes flowed
     * @throws StepException if one of them failed
     * @throws dev.sluice.core.mysql.CancelledException if somebody cancelled
     */
    long run(Cancellation cancellation) {
        try {
            return flow(cancellation);
        } catch (RuntimeException failure) {
            end(dump::kill, failure);
            end(load::kill, failure);
            throw failure;
        }
    }

    private static void end(Runnable kill, RuntimeException because) {
        try {
            kill.run();
        } catch (RuntimeException sessionLeft) {
            because.addSuppressed(sessionLeft);
        }
    }

    private long flow(Cancellation cancellation) {
        try (Cancellation.Registration dumpKilled = cancellation.onCancel(dump::kill);
                Cancellation.Registration loadKilled = cancellation.onCancel(load::kill);
                StallWatch watch = new StallWatch(pump::bytes, longestSilence, this::killProcesses)) {
            StreamPump.Ending ending = pump.run();
            StepException failure = ending == StreamPump.Ending.GIVER_ENDED ? finish() : loadFailed();
            cancellation.check();
            if (watch.fired()) {
                throw stalled();
            }
            if (failure != null) {
                throw failure;
            }
            return pump.bytes();
        }
    }

    private void killProcesses() {
        dump.process().kill();
        load.process().kill();
    }

    /** Only a dump that ended well is finished: what is left of a broken one could be a whole statement by chance. */
    private @Nullable StepException finish() {
        if (!dump.process().awaitEnd(EXIT) || dump.process().status() != 0) {
            load.process().kill();
            return dump.failure();
        }
        Streams.close(load.process().input());
        load.process().awaitEnd(longestSilence.plus(EXIT));
        return load.process().isAlive() || load.process().status() != 0 ? loadFailed() : null;
    }

    private StepException loadFailed() {
        if (!load.process().awaitEnd(EXIT)) {
            load.process().kill();
            load.process().awaitEnd(EXIT);
        }
        return load.failure();
    }

    private StepException stalled() {
        return new StepOutcomeUnknownException(Problem.of(
                ProgramCode.STALLED,
                "mysqldump and mysql made no progress for " + longestSilence + " after " + pump.bytes() + " bytes"));
    }
}
