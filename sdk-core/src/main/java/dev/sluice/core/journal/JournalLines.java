// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.journal;

import java.util.ArrayList;
import java.util.List;

/** Makes stored lines into records, without those that a process wrote after it had lost the run. One thread at a time. */
public final class JournalLines {
    private final List<JournalRecord> records = new ArrayList<>();
    private long highest;

    /** The next one, in the order in which they were written. */
    public void add(JournalLine line) {
        if (line.token() >= highest) {
            highest = line.token();
            if (!line.isMark()) {
                records.add(JournalRecordCodec.read(line.entry()));
            }
        }
    }

    /** Those that count. */
    public List<JournalRecord> records() {
        return List.copyOf(records);
    }
}
