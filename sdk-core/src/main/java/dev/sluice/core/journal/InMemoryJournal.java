// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.journal;

import dev.sluice.api.run.RunId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A journal in memory. Records go through their stored form, so that what cannot be stored fails here too. */
final class InMemoryJournal implements Journal {
    private final Map<RunId, List<String>> lines = new LinkedHashMap<>();

    @Override
    public synchronized void append(RunId run, JournalRecord entry) {
        lines.computeIfAbsent(run, id -> new ArrayList<>()).add(JournalRecordCodec.write(entry));
    }

    @Override
    public synchronized List<JournalRecord> read(RunId run) {
        return lines.getOrDefault(run, List.of()).stream()
                .map(JournalRecordCodec::read)
                .toList();
    }

    @Override
    public synchronized List<RunId> runs() {
        return List.copyOf(lines.keySet());
    }
}
