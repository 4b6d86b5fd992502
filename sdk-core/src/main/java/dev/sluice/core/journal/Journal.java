// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.journal;

import dev.sluice.api.run.RunId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where runs write down what they are about to do and what they have done. One process at a time writes to a run; anybody reads.
 * Implementations are thread-safe.
 */
public interface Journal extends AutoCloseable {
    /**
     * Takes a run, new or known, to write to it. Whoever had it before can write nothing any more.
     *
     * @throws dev.sluice.api.error.JournalException {@link JournalCode#RUN_TAKEN} if another process has it and is alive, or nothing
     *     can be written here
     */
    JournalWriter take(RunId run);

    /** Whether some process has the run now and is alive, as far as can be told. */
    boolean isTaken(RunId run);

    /**
     * All records of a run in order; empty if it is not known. Those of a process that wrote after another had taken the run are left
     * out.
     *
     * @throws dev.sluice.api.error.JournalException if it is damaged
     */
    List<JournalRecord> read(RunId run);

    /**
     * The first record of a run, without reading all of them where that can be; empty if the run is not known, or died in the middle of it.
     *
     * @throws dev.sluice.api.error.JournalException if it is damaged
     */
    default Optional<JournalRecord> first(RunId run) {
        return read(run).stream().findFirst();
    }

    /** The runs that are known, oldest first. */
    List<RunId> runs();

    @Override
    default void close() {}

    /**
     * A journal in files in {@code .sluice/journal} of the home directory of this process's user (the system property {@code user.home}), as
     * {@link FileJournal} writes them: what a Sluice has where nobody names another one. Folders that are missing are made, for their owner only,
     * when the first run is taken, and not before. Until then there are no runs.
     */
    static Journal inHome() {
        return new HomeJournal(Path.of(System.getProperty("user.home", "")));
    }

    /** A journal that is gone with this process: for tests, and for runs that nobody needs to resume. */
    static Journal inMemory() {
        return new InMemoryJournal();
    }
}
