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
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A journal in a folder: a file a run, a checksummed line a record, flushed to the disk before {@link JournalWriter#append} returns.
 * Folder and files are readable by their owner only, where the file system knows owners. A torn last line, as a killed process leaves it,
 * is passed over, and taken off by the next process that takes the run; a damaged line in the middle is an error. Other files in the folder are
 * left alone.
 *
 * <p>Processes on several hosts may share the folder if their clocks differ by a few seconds at most.
 */
public final class FileJournal implements Journal {
    private static final String SUFFIX = ".journal";

    /** The name of a journal's file, with the run's id as {@link RunId} has it. */
    private static final Pattern JOURNAL = Pattern.compile("([A-Za-z0-9-]{1,40})\\.journal");

    private static final Pattern OURS = Pattern.compile("[A-Za-z0-9-]{1,40}\\.(journal|\\d{1,18}\\.(lease|free))");

    private final Path folder;
    private final JournalFile.Writing writing;
    private final Clock clock;

    FileJournal(Path folder, JournalFile.Writing writing, Clock clock) {
        this.folder = folder;
        this.writing = writing;
        this.clock = clock;
    }

    /**
     * Opens the journal in this folder. One that is not there is made, with those above it. One that is there is closed to others, if nothing but
     * a journal is in it: whoever makes a folder for a journal by hand, or has a system make it, seldom thinks of that.
     *
     * @param folder of the default file system
     * @throws JournalException {@link JournalCode#FOLDER_OPEN} if everybody may write into it, or others may use it and it cannot be closed to them:
     *     it belongs to somebody else, or other files are in it, which others may need; {@link JournalCode#JOURNAL_UNUSABLE} if it cannot be made
     */
    public static FileJournal in(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                OwnerOnly.makeFolder(folder);
            } else if (!OwnerOnly.isClosed(folder)) {
                close(folder);
            }
            return new FileJournal(folder, JournalFile.Writing.PLAIN, Clock.systemUTC());
        } catch (IOException failed) {
            throw JournalFailures.unusable("The journal's folder " + folder + " cannot be made: " + failed, failed);
        }
    }

    private static void close(Path folder) throws IOException {
        if (OwnerOnly.isOpenToAll(folder)) {
            throw JournalFailures.open("Everybody may write into the journal's folder " + folder, null);
        }
        try (Stream<Path> files = Files.list(folder)) {
            Optional<Path> foreign = files.filter(
                            file -> !OURS.matcher(file.getFileName().toString()).matches())
                    .findFirst();
            if (foreign.isPresent()) {
                throw JournalFailures.open(
                        "Others may use the journal's folder " + folder + ", which is not closed to them, since "
                                + foreign.get().getFileName() + " is in it",
                        null);
            }
        }
        try {
            OwnerOnly.restrictFolder(folder);
        } catch (IOException notOurs) {
            throw JournalFailures.open(
                    "Others may use the journal's folder " + folder + ", and it cannot be closed to them: " + notOurs,
                    notOurs);
        }
    }

    @Override
    public JournalWriter take(RunId run) {
        try {
            FileLease lease = FileLease.take(folder, run, clock);
            return new Writer(run, lease, mended(run, lease));
        } catch (IOException failed) {
            throw unwritable(run, failed);
        }
    }

    /**
     * From the mark on, whatever a process writes that had the run before is passed over: it may have been stopped in the middle of an append, after
     * it had looked at its lease.
     */
    private JournalFile mended(RunId run, FileLease lease) throws IOException {
        try {
            JournalFile file = file(run);
            if (file.mend()) {
                file.append(JournalLine.mark(lease.token()).text());
            }
            return file;
        } catch (IOException failed) {
            try {
                lease.free();
            } catch (IOException second) {
                failed.addSuppressed(second);
            }
            throw failed;
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
    public Optional<JournalRecord> first(RunId run) {
        try {
            return file(run).first().map(line -> JournalRecordCodec.read(line.entry()));
        } catch (IOException | IllegalArgumentException failed) {
            throw unreadable(run, failed);
        }
    }

    @Override
    public List<RunId> runs() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> JOURNAL.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(name -> new RunId(name.group(1)))
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

        /** Is in the file, but it could not be seen any more whether the lease was still held then; null if there is none. */
        private @Nullable String doubtful;

        Writer(RunId run, FileLease lease, JournalFile file) {
            this.run = run;
            this.lease = lease;
            this.file = file;
        }

        @Override
        public long token() {
            return lease.token();
        }

        /** Looks before and after: a write can take longer than a lease. Who tries the same record again adds it once. */
        @Override
        public synchronized void append(JournalRecord entry) {
            String line = new JournalLine(lease.token(), JournalRecordCodec.write(entry)).text();
            check();
            if (!line.equals(doubtful)) {
                try {
                    file.append(line);
                } catch (IOException failed) {
                    throw unwritable(run, failed);
                }
                doubtful = line;
            }
            check();
            doubtful = null;
        }

        /** What cannot be looked at is not lost: nobody has taken the run there either. */
        @Override
        public void check() {
            try {
                if (!lease.isHeld()) {
                    throw JournalFailures.lost(run);
                }
            } catch (IOException failed) {
                throw unwritable(run, failed);
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
