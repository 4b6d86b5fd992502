// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import dev.sluice.api.run.RunId;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.core.journal.JournalWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A journal that tells of each record, before it is written and after, to somebody who may never return. */
record HeldJournal(Journal journal, Consumer<KillPoint> moments) implements Journal {
    @Override
    public JournalWriter take(RunId run) {
        return new Writer(journal.take(run), new AtomicInteger(), new HashMap<>(), moments);
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

    private record Writer(
            JournalWriter writer, AtomicInteger count, Map<String, Integer> seen, Consumer<KillPoint> moments)
            implements JournalWriter {
        @Override
        public long token() {
            return writer.token();
        }

        @Override
        public synchronized void append(JournalRecord entry) {
            int number = count.incrementAndGet();
            String what = entry.getClass().getSimpleName() + detail(entry);
            int occurrence = seen.merge(what, 1, Integer::sum);
            moments.accept(new KillPoint(number, what, occurrence, false));
            writer.append(entry);
            moments.accept(new KillPoint(number, what, occurrence, true));
        }

        private static String detail(JournalRecord entry) {
            if (entry instanceof JournalRecord.OperationOpened operation) {
                return " " + operation.step() + "/" + operation.operation();
            } else if (entry instanceof JournalRecord.OperationClosed operation) {
                return " " + operation.step() + "/" + operation.operation();
            } else if (entry instanceof JournalRecord.StepOpened step) {
                return " " + step.step();
            }
            return entry instanceof JournalRecord.StepClosed step ? " " + step.step() : "";
        }

        @Override
        public void check() {
            writer.check();
        }

        @Override
        public void renew() {
            writer.renew();
        }

        @Override
        public void close() {
            writer.close();
        }
    }
}
