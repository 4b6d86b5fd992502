// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.journal;

import java.time.Duration;

/** A run's journal in the hands of the one process that drives the run: its lease on the run, and the only way to write. Thread-safe. */
public interface JournalWriter extends AutoCloseable {
    /** How often a lease is to be renewed. */
    Duration RENEWAL = Duration.ofSeconds(3);

    /** A process that has not renewed its lease for so long may lose the run to another one. */
    Duration SILENCE = Duration.ofSeconds(15);

    /** Rises by one each time that the run is taken, beginning at 1. */
    long token();

    /**
     * Adds a record, which is durable when this returns.
     *
     * @throws dev.sluice.api.error.JournalException if it cannot be recorded, or, with {@link JournalCode#LEASE_LOST}, if another process
     *     has taken the run; the run stops before its next change
     */
    void append(JournalRecord entry);

    /**
     * Looks that nobody else has taken the run.
     *
     * @throws dev.sluice.api.error.JournalException {@link JournalCode#LEASE_LOST} if somebody has, or if the journal cannot be asked
     */
    void check();

    /**
     * Says that this process is alive.
     *
     * @throws dev.sluice.api.error.JournalException as {@link #check}
     */
    void renew();

    /** Lets go of the run, which others can take at once from now on. A second call does nothing. */
    @Override
    void close();
}
