// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.api.error.Effect;
import dev.sluice.api.error.JournalException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.run.RunId;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.journal.JournalCode;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.core.journal.JournalWriter;
import java.util.List;
import java.util.function.Predicate;

/**
 * A journal for tests of resumption, at one record of which a run stops as if its process had died: nothing more is recorded, nothing is undone or
 * cleaned up, and no session is opened any more; locks go with their sessions. The run ends as FAILED in its process. Another Sluice, with the
 * journal that this one stands before, finds it as one that was left. Thread-safe.
 */
public final class StoppingJournal implements Journal {
    private final Journal journal;
    private final Predicate<JournalRecord> last;
    private final Moment moment;
    private volatile boolean hasStopped;

    private enum Moment {
        BEFORE,
        AFTER
    }

    private StoppingJournal(Journal journal, Predicate<JournalRecord> last, Moment moment) {
        this.journal = journal;
        this.last = last;
        this.moment = moment;
    }

    /** Stops before the first record of this kind is written: where it tells of an outcome, the effect is there and nobody knows. */
    public static StoppingJournal before(Journal journal, Predicate<JournalRecord> entry) {
        return new StoppingJournal(journal, entry, Moment.BEFORE);
    }

    /** Stops once the first record of this kind is written: where it tells of an intent, there is no effect yet. */
    public static StoppingJournal after(Journal journal, Predicate<JournalRecord> entry) {
        return new StoppingJournal(journal, entry, Moment.AFTER);
    }

    /** Whether it came to that record. */
    public boolean hasStopped() {
        return hasStopped;
    }

    @Override
    public JournalWriter take(RunId run) {
        requireAlive();
        return new Writer(journal.take(run));
    }

    @Override
    public boolean isTaken(RunId run) {
        return journal.isTaken(run);
    }

    @Override
    public List<JournalRecord> read(RunId run) {
        return journal.read(run);
    }

    @Override
    public List<RunId> runs() {
        return journal.runs();
    }

    /** Leaves the journal behind it open. */
    @Override
    public void close() {
        // Whoever made the journal behind this one closes it.
    }

    private void requireAlive() {
        if (hasStopped) {
            throw new JournalException(
                    Problem.of(JournalCode.LEASE_LOST, "The test has stopped this process"), Effect.NONE, null);
        }
    }

    private final class Writer implements JournalWriter {
        private final JournalWriter writer;

        Writer(JournalWriter writer) {
            this.writer = writer;
        }

        @Override
        public long token() {
            return writer.token();
        }

        @Override
        public synchronized void append(JournalRecord entry) {
            requireAlive();
            boolean isLast = last.test(entry);
            if (isLast && moment == Moment.BEFORE) {
                hasStopped = true;
            }
            requireAlive();
            writer.append(entry);
            if (isLast) {
                hasStopped = true;
            }
            requireAlive();
        }

        @Override
        public void check() {
            requireAlive();
            writer.check();
        }

        @Override
        public void renew() {
            requireAlive();
            writer.renew();
        }

        @Override
        public void close() {
            writer.close();
        }
    }
}
