// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.journal;

import dev.sluice.api.run.RunId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A journal in memory. Records go through their stored form, so that what cannot be stored fails here too. */
final class InMemoryJournal implements Journal {
    private final Map<RunId, List<JournalLine>> lines = new LinkedHashMap<>();
    private final Map<RunId, Long> tokens = new HashMap<>();
    private final Set<RunId> taken = new HashSet<>();

    @Override
    public synchronized JournalWriter take(RunId run) {
        if (!taken.add(run)) {
            throw JournalFailures.taken(run, "this process");
        }
        return new Writer(run, tokens.merge(run, 1L, Long::sum));
    }

    @Override
    public synchronized boolean isTaken(RunId run) {
        return taken.contains(run);
    }

    @Override
    public synchronized List<JournalRecord> read(RunId run) {
        JournalLines read = new JournalLines();
        lines.getOrDefault(run, List.of()).forEach(read::add);
        return read.records();
    }

    @Override
    public synchronized List<RunId> runs() {
        return List.copyOf(lines.keySet());
    }

    private synchronized void append(Writer writer, JournalRecord entry) {
        check(writer);
        lines.computeIfAbsent(writer.run, id -> new ArrayList<>())
                .add(new JournalLine(writer.token, JournalRecordCodec.write(entry)));
    }

    private synchronized void check(Writer writer) {
        if (!isOf(writer)) {
            throw JournalFailures.lost(writer.run);
        }
    }

    private boolean isOf(Writer writer) {
        return taken.contains(writer.run) && Long.valueOf(writer.token).equals(tokens.get(writer.run));
    }

    private synchronized void free(Writer writer) {
        if (isOf(writer)) {
            taken.remove(writer.run);
        }
    }

    private final class Writer implements JournalWriter {
        private final RunId run;
        private final long token;

        Writer(RunId run, long token) {
            this.run = run;
            this.token = token;
        }

        @Override
        public long token() {
            return token;
        }

        @Override
        public void append(JournalRecord entry) {
            InMemoryJournal.this.append(this, entry);
        }

        @Override
        public void check() {
            InMemoryJournal.this.check(this);
        }

        @Override
        public void renew() {
            check();
        }

        @Override
        public void close() {
            free(this);
        }
    }
}
