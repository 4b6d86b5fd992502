// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.Effect;
import dev.sluice.api.error.JournalException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.run.RunId;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.journal.JournalCode;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.core.journal.JournalWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A journal that fails as a test wants it. */
final class TroubledJournal implements Journal {
    private final Journal within;

    /** Why a record is not taken; null if it is. */
    volatile Function<JournalRecord, @Nullable JournalCode> refuses = entry -> null;

    /** Why the lease cannot be seen; null if it can. */
    volatile Supplier<@Nullable JournalCode> hides = () -> null;

    /** All that were to be written, by their names. */
    final List<String> offered = Collections.synchronizedList(new ArrayList<>());

    TroubledJournal(Journal within) {
        this.within = within;
    }

    /** In memory. */
    TroubledJournal() {
        this(Journal.inMemory());
    }

    void outOfReach() {
        refuses = entry -> JournalCode.JOURNAL_UNUSABLE;
        hides = () -> JournalCode.JOURNAL_UNUSABLE;
    }

    void back() {
        refuses = entry -> null;
        hides = () -> null;
    }

    private static void failBy(@Nullable JournalCode code) {
        if (code != null) {
            throw new JournalException(Problem.of(code, "planted: " + code), Effect.NONE, null);
        }
    }

    @Override
    public JournalWriter take(RunId run) {
        return new Writer(within.take(run));
    }

    @Override
    public boolean isTaken(RunId run) {
        return within.isTaken(run);
    }

    @Override
    public List<JournalRecord> read(RunId run) {
        return within.read(run);
    }

    @Override
    public List<RunId> runs() {
        return within.runs();
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
        public void append(JournalRecord entry) {
            offered.add(entry.getClass().getSimpleName());
            failBy(refuses.apply(entry));
            writer.append(entry);
        }

        @Override
        public void check() {
            failBy(hides.get());
            writer.check();
        }

        @Override
        public void renew() {
            check();
            writer.renew();
        }

        @Override
        public void close() {
            writer.close();
        }
    }
}
