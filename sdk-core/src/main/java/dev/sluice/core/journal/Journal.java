// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.journal;

import dev.sluice.api.run.RunId;
import java.util.List;

/**
 * Where runs write down what they are about to do and what they have done. A record is durable when {@link #append} returns.
 * Implementations are thread-safe.
 */
public interface Journal extends AutoCloseable {
    /**
     * Adds a record to a run.
     *
     * @throws dev.sluice.api.error.JournalException if it cannot be recorded; the run stops before its next change
     */
    void append(RunId run, JournalRecord entry);

    /** All records of a run in order; empty if it is not known. */
    List<JournalRecord> read(RunId run);

    /** The runs that are known, oldest first. */
    List<RunId> runs();

    @Override
    default void close() {}

    /** A journal that is gone with this process: for tests, and for runs that nobody needs to resume. */
    static Journal inMemory() {
        return new InMemoryJournal();
    }
}
