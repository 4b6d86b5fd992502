// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.JournalException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.run.RunId;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.journal.JournalWriter;
import dev.sluice.core.log.LogContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lease on one run for as long as this process works on it, and once more when something is to be done after its end. Thread-safe. */
final class RunHold {
    private static final Logger logger = LoggerFactory.getLogger(RunHold.class);

    private final RunId run;
    private final Journal journal;
    private final RunThreads threads;
    private volatile RunLease lease;

    /**
     * Of a run that was taken.
     *
     * @param threads renew the lease
     * @param lost called once, on any thread, when another process is seen to have taken the run
     */
    RunHold(RunId run, Journal journal, RunThreads threads, JournalWriter taken, Runnable lost) {
        this.run = run;
        this.journal = journal;
        this.threads = threads;
        this.lease = keep(taken, lost);
    }

    private RunLease keep(JournalWriter writer, Runnable lost) {
        try (LogContext lines = LogContext.run(run)) {
            return RunLease.keep(writer, threads, run, lost);
        }
    }

    JournalWriter writer() {
        return lease;
    }

    /** Others can take the run from now on. */
    void release() {
        try {
            lease.close();
        } catch (JournalException unreachable) {
            logger.warn(
                    "The lease on a run could not be given back, and is free after a while. run={}", run, unreachable);
        }
    }

    /**
     * Takes the run once more after it was released. What this process knows of it counts only if nobody else has had it since.
     *
     * @param log written to by the new lease from now on
     * @throws StepRefusedException RESUMED_ELSEWHERE if somebody has, now and whenever it is tried again; nothing is held then
     */
    void takeAgain(RunLog log, Runnable lost) {
        JournalWriter writer = journal.take(run);
        if (writer.token() != lease.token() + 1) {
            try (writer) {
                throw new StepRefusedException(Problem.of(
                        RunCode.RESUMED_ELSEWHERE, "The run " + run + " has been in other hands since it ended here"));
            }
        }
        lease = keep(writer, lost);
        log.writeTo(lease);
    }
}
