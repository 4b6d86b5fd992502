// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.error.JournalException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.journal.JournalCode;
import dev.sluice.core.journal.JournalWriter;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.CancelledException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tries again what a journal did not take, for as long as nobody else can have taken the run for that reason: a run of days does not end over a
 * failover of the database that has its journal. When that was in vain once, everything is tried once only, until something succeeds: locks are
 * not kept waiting for a journal that is gone. Thread-safe.
 */
final class PatientJournal {
    /** By what retries are told and counted. */
    private static final StepKey JOURNAL = new StepKey(new EngineId("core"), "journal", 1);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Retries retries;
    private final Cancellation hurry = new Cancellation();
    private volatile boolean isInVain;

    /** @param log hears of retries */
    PatientJournal(RetryLimits limits, RunLog log) {
        RetryLimits ours = of(limits);
        this.retries = new Retries(ours, new RetryBudget(ours), hurry, log);
    }

    /** Pauses are short, and time ends them; what is never tried again otherwise is not here either. */
    private static RetryLimits of(RetryLimits limits) {
        Duration longest = limits.longestPause().compareTo(LONGEST_PAUSE) < 0 ? limits.longestPause() : LONGEST_PAUSE;
        Duration first = limits.firstPause().compareTo(longest) < 0 ? limits.firstPause() : longest;
        int attempts = limits.maxAttempts() == 1 ? 1 : 2 * limits.maxAttempts();
        return new RetryLimits(attempts, first, longest, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** From now on nothing waits for a second try: the host wants its threads back. */
    void hurry() {
        hurry.cancel();
    }

    /**
     * Does it.
     *
     * @param work that does nothing twice
     * @throws JournalException as the work does, of its last try
     */
    void call(Runnable work) {
        if (isInVain || hurry.isCancelled()) {
            work.run();
            isInVain = false;
            return;
        }
        Tries tries = new Tries(work);
        try {
            retries.call(JOURNAL, tries::next);
        } catch (StepUnavailableException | CancelledException inVain) {
            isInVain = true;
            throw tries.last(inVain);
        }
    }

    /** Of one call, on one thread. */
    private static final class Tries {
        private final Runnable work;
        private final long end = System.nanoTime() + JournalWriter.SILENCE.toNanos();
        private @Nullable JournalException last;

        Tries(Runnable work) {
            this.work = work;
        }

        /** True, for there is nothing to tell. */
        boolean next() {
            try {
                work.run();
                return true;
            } catch (JournalException failed) {
                last = failed;
                if (failed.code() != JournalCode.JOURNAL_UNUSABLE) {
                    throw failed;
                }
                if (System.nanoTime() - end > 0) {
                    throw new CancelledException();
                }
                throw new StepUnavailableException(failed.problems().get(0), failed);
            }
        }

        RuntimeException last(RuntimeException otherwise) {
            JournalException failed = last;
            return failed == null ? otherwise : failed;
        }
    }
}
