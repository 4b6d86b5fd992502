// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunId;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.core.journal.JournalWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Tells the journal and the listeners of one run, with its id and the time. Thread-safe. */
final class RunLog {
    private final RunId run;
    private final Clock clock;
    private volatile JournalWriter journal;
    private volatile EventQueue events;

    RunLog(RunId run, Clock clock, JournalWriter journal, EventQueue events) {
        this.run = run;
        this.clock = clock;
        this.journal = journal;
        this.events = events;
    }

    /** Writes a record; it is durable when this returns. */
    void journal(Function<Instant, JournalRecord> entry) {
        journal.append(entry.apply(clock.instant()));
    }

    /** From now on this is written to: the run was taken anew. */
    void writeTo(JournalWriter writer) {
        journal = writer;
    }

    /**
     * Looks that this process still drives the run.
     *
     * @throws dev.sluice.api.error.JournalException if another one does
     */
    void requireLease() {
        journal.check();
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
