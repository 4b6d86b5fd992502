// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.JournalException;
import dev.sluice.api.run.RunId;
import dev.sluice.core.journal.JournalCode;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.core.journal.JournalWriter;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run's journal with a lease that is renewed until this is closed, and that tells when it is lost. Thread-safe. */
final class RunLease implements JournalWriter {
    private static final Logger log = LoggerFactory.getLogger(RunLease.class);

    private final JournalWriter writer;
    private final Runnable lost;
    private final AtomicBoolean isLost = new AtomicBoolean();
    private final RunId run;
    private final Future<?> renewals;
    private volatile boolean released;
    private volatile boolean isOutOfReach;

    private RunLease(JournalWriter writer, RunThreads threads, RunId run, Runnable lost) {
        this.writer = writer;
        this.run = run;
        this.lost = lost;
        this.renewals = threads.renewEvery(RENEWAL, this::tryToRenew);
    }

    /**
     * Keeps the lease.
     *
     * @param threads renew it
     * @param lost called once, on any thread, when another process is seen to have taken the run
     */
    static RunLease keep(JournalWriter writer, RunThreads threads, RunId run, Runnable lost) {
        return new RunLease(writer, threads, run, lost);
    }

    /** A journal that is out of reach for a while takes nothing away; whether somebody else has the run shows when it is back. */
    private void tryToRenew() {
        if (released || isLost.get()) {
            return;
        }
        try {
            renew();
            isOutOfReach = false;
        } catch (JournalException failure) {
            tell(failure);
        } catch (RuntimeException defect) {
            // Thrown on, it would end all further renewals without a word.
            log.warn("The lease on a run could not be renewed. run={}", run, defect);
        }
    }

    /** Once for as long as it takes: it is tried every few seconds, and the run tells of its own failures. */
    private void tell(JournalException failure) {
        if (isOutOfReach || isLost.get()) {
            log.debug("The lease on a run could not be renewed. run={}", run, failure);
        } else {
            log.warn("The lease on a run could not be renewed. run={} why={}", run, failure.getMessage());
        }
        isOutOfReach = true;
    }

    private void telling(Runnable work) {
        try {
            work.run();
        } catch (JournalException failure) {
            boolean isOver = failure.problems().get(0).code() == JournalCode.LEASE_LOST;
            if (isOver && isLost.compareAndSet(false, true)) {
                lost.run();
            }
            throw failure;
        }
    }

    @Override
    public long token() {
        return writer.token();
    }

    @Override
    public void append(JournalRecord entry) {
        telling(() -> writer.append(entry));
    }

    @Override
    public void check() {
        telling(writer::check);
    }

    @Override
    public void renew() {
        telling(writer::renew);
    }

    @Override
    public void close() {
        released = true;
        renewals.cancel(false);
        writer.close();
    }
}
