// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.journal;

import dev.sluice.api.error.JournalException;
import dev.sluice.api.run.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The journal in the user's home directory. Nothing is made there before the first run is taken. */
final class HomeJournal implements Journal {
    private final Path home;
    private final Path folder;

    /** Guarded by this; null until it is needed. */
    private @Nullable FileJournal opened;

    HomeJournal(Path home) {
        this.home = home;
        this.folder = home.resolve(".sluice").resolve("journal");
    }

    @Override
    public JournalWriter take(RunId run) {
        return opened().take(run);
    }

    @Override
    public boolean isTaken(RunId run) {
        return existing().filter(journal -> journal.isTaken(run)).isPresent();
    }

    @Override
    public List<JournalRecord> read(RunId run) {
        return existing().map(journal -> journal.read(run)).orElse(List.of());
    }

    @Override
    public Optional<JournalRecord> first(RunId run) {
        return existing().flatMap(journal -> journal.first(run));
    }

    @Override
    public List<RunId> runs() {
        return existing().map(FileJournal::runs).orElse(List.of());
    }

    private Optional<FileJournal> existing() {
        return Files.isDirectory(folder) ? Optional.of(opened()) : Optional.empty();
    }

    private synchronized FileJournal opened() {
        FileJournal journal = opened;
        if (journal == null) {
            journal = open();
            opened = journal;
        }
        return journal;
    }

    /** A home that is not there is not made: the system has given the user none, or a name that is no path. */
    private FileJournal open() {
        if (!home.isAbsolute() || !Files.isDirectory(home)) {
            throw JournalFailures.home(
                    "No journal was named, and the user of this process has no home directory: " + home, null);
        }
        try {
            Path parent = home.resolve(".sluice");
            if (!Files.isDirectory(parent)) {
                OwnerOnly.makeFolder(parent);
            }
            return FileJournal.in(folder);
        } catch (IOException failed) {
            throw JournalFailures.home("No journal was named, and " + folder + " cannot be made: " + failed, failed);
        } catch (JournalException failed) {
            throw JournalFailures.home(
                    "No journal was named, and " + folder + " cannot be used: "
                            + failed.problems().get(0).what(),
                    failed);
        }
    }
}
