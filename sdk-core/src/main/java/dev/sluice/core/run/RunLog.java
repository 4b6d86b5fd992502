// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.JournalException;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunId;
import dev.sluice.core.journal.JournalCode;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.core.journal.JournalWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the journal and the listeners of one run, with its id and the time. Thread-safe. */
final class RunLog {
    private static final Logger logger = LoggerFactory.getLogger(RunLog.class);

    private final RunId run;
    private final Clock clock;
    private volatile JournalWriter journal;
    private volatile EventQueue events;
    private final PatientJournal patience;

    /** @param retries of what the journal does not take */
    RunLog(RunId run, Clock clock, JournalWriter journal, EventQueue events, RetryLimits retries) {
        this.run = run;
        this.clock = clock;
        this.journal = journal;
        this.events = events;
        this.patience = new PatientJournal(retries, this);
    }

    /**
     * Writes a record; it is durable when this returns.
     *
     * @throws dev.sluice.api.error.JournalException if it cannot be written, however often it was tried
     */
    void journal(Function<Instant, JournalRecord> entry) {
        JournalRecord made = entry.apply(clock.instant());
        patience.call(() -> journal.append(made));
    }

    /** Nothing waits any more for a journal that is out of reach. */
    void hurry() {
        patience.hurry();
    }

    /** From now on this is written to: the run was taken anew. */
    void writeTo(JournalWriter writer) {
        journal = writer;
    }

    /**
     * Looks that this process still drives the run.
     *
     * @throws dev.sluice.api.error.JournalException if another one does, or if the journal cannot be asked, however often it was tried
     */
    void requireLease() {
        patience.call(journal::check);
    }

    /**
     * Looks, once, that no other process has taken the run. A journal that cannot be asked is no reason to leave a lock in place.
     *
     * @throws dev.sluice.api.error.JournalException LEASE_LOST
     */
    void requireNotLost() {
        try {
            journal.check();
        } catch (JournalException failed) {
            if (failed.code() == JournalCode.LEASE_LOST) {
                throw failed;
            }
            logger.debug("The journal cannot be asked who has the run. run={}", run, failed);
        }
    }

    /** From now on listeners are told by this queue. */
    void tellBy(EventQueue queue) {
        events = queue;
    }

    /** Tells listeners; never waits for them. */
    void event(BiFunction<RunId, Instant, RunEvent> event) {
        events.report(event.apply(run, clock.instant()));
    }

    /** Delivers what waits for listeners, and ends. */
    void closeEvents() {
        events.close();
    }

    Clock clock() {
        return clock;
    }
}
