// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.journal;

import dev.sluice.api.error.JournalException;
import dev.sluice.api.run.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A journal in a folder: a file a run, a checksummed line a record, flushed to the disk before {@link JournalWriter#append} returns.
 * Folder and files are readable by their owner only, where the file system knows owners. A torn last line, as a killed process leaves it,
 * is passed over, and taken off by the next process that takes the run; a damaged line in the middle is an error.
 *
 * <p>Processes on several hosts may share the folder if their clocks differ by a few seconds at most.
 */
public final class FileJournal implements Journal {
    private static final String SUFFIX = ".journal";

    private final Path folder;
    private final JournalFile.Writing writing;
    private final Clock clock;

    FileJournal(Path folder, JournalFile.Writing writing, Clock clock) {
        this.folder = folder;
        this.writing = writing;
        this.clock = clock;
    }

    /**
     * Opens the journal in this folder, and makes the folder if it is not there.
     *
     * @throws JournalException if it cannot be made, or everybody may write into it
     */
    public static FileJournal in(Path folder) {
        try {
            if (OwnerOnly.makeFolder(folder)) {
                throw JournalFailures.unusable("Everybody may write into the journal's folder " + folder, null);
            }
            return new FileJournal(folder, JournalFile.Writing.PLAIN, Clock.systemUTC());
        } catch (IOException failed) {
            throw JournalFailures.unusable("The journal's folder " + folder + " cannot be made: " + failed, failed);
        }
    }

    @Override
    public JournalWriter take(RunId run) {
        try {
            FileLease lease = FileLease.take(folder, run, clock);
            JournalFile file = file(run);
            file.mend();
            return new Writer(run, lease, file);
        } catch (IOException failed) {
            throw unwritable(run, failed);
        }
    }

    @Override
    public boolean isTaken(RunId run) {
        try {
            return FileLease.isHeld(folder, run, clock);
        } catch (IOException failed) {
            throw unreadable(run, failed);
        }
    }

    @Override
    public List<JournalRecord> read(RunId run) {
        JournalLines lines = new JournalLines();
        try {
            file(run).read().forEach(lines::add);
        } catch (IOException | IllegalArgumentException failed) {
            throw unreadable(run, failed);
        }
        return lines.records();
    }

    @Override
    public List<RunId> runs() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> new RunId(name.substring(0, name.length() - SUFFIX.length())))
                    .sorted(Comparator.comparing(RunId::value))
                    .toList();
        } catch (IOException failed) {
            throw JournalFailures.unusable("The journal's folder " + folder + " cannot be read: " + failed, failed);
        }
    }

    private JournalFile file(RunId run) {
        return new JournalFile(folder.resolve(run.value() + SUFFIX), writing);
    }

    private JournalException unwritable(RunId run, IOException failed) {
        return JournalFailures.unusable(
                "The journal of " + run + " in " + folder + " cannot be written: " + failed, failed);
    }

    private JournalException unreadable(RunId run, Exception failed) {
        return JournalFailures.unusable(
                "The journal of " + run + " in " + folder + " cannot be read: " + failed.getMessage(), failed);
    }

    /** Of one run; its lease goes before each record. */
    private final class Writer implements JournalWriter {
        private final RunId run;
        private final FileLease lease;
        private final JournalFile file;

        Writer(RunId run, FileLease lease, JournalFile file) {
            this.run = run;
            this.lease = lease;
            this.file = file;
        }

        @Override
        public long token() {
            return lease.token();
        }

        @Override
        public synchronized void append(JournalRecord entry) {
            check();
            try {
                file.append(new JournalLine(lease.token(), JournalRecordCodec.write(entry)).text());
            } catch (IOException failed) {
                throw unwritable(run, failed);
            }
        }

        @Override
        public void check() {
            if (!lease.isHeld()) {
                throw JournalFailures.lost(run);
            }
        }

        @Override
        public void renew() {
            try {
                if (!lease.renew()) {
                    throw JournalFailures.lost(run);
                }
            } catch (IOException failed) {
                throw unwritable(run, failed);
            }
        }

        @Override
        public void close() {
            try {
                lease.free();
            } catch (IOException failed) {
                throw unwritable(run, failed);
            }
        }
    }
}
