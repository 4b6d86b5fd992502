// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.journal;

import dev.sluice.api.error.Effect;
import dev.sluice.api.error.JournalException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.run.RunId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * A journal in a folder: a file a run, a checksummed line a record, flushed to the disk before {@link #append} returns. Folder and
 * files are readable by their owner only, where the file system knows owners. A torn last line, as a killed process leaves it, is
 * passed over, and taken off before the next record; a damaged line in the middle is an error.
 */
public final class FileJournal implements Journal {
    private static final String SUFFIX = ".journal";

    private final Path folder;
    private final Opener opener;

    /** Opens a file to write on it, and makes it if it is not there. */
    @FunctionalInterface
    interface Opener {
        RandomAccessFile open(Path file) throws IOException;
    }

    FileJournal(Path folder, Opener opener) {
        this.folder = folder;
        this.opener = opener;
    }

    /**
     * Opens the journal in this folder, and makes the folder if it is not there.
     *
     * @throws JournalException if it cannot be made
     */
    public static FileJournal in(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
                restrict(folder, "rwx------");
            }
            return new FileJournal(folder, path -> new RandomAccessFile(path.toFile(), "rw"));
        } catch (IOException failed) {
            throw failure("The journal's folder " + folder + " cannot be made: " + failed, Effect.NONE, failed);
        }
    }

    @Override
    public synchronized void append(RunId run, JournalRecord entry) {
        String line = JournalRecordCodec.write(entry);
        Path path = file(run);
        boolean isNew = !Files.exists(path);
        try (JournalFile file = new JournalFile(opener.open(path), FileJournal::isWhole)) {
            if (isNew) {
                restrict(path, "rw-------");
            }
            file.append(checksum(line) + " " + line);
        } catch (IOException failed) {
            throw failure("The journal " + path + " cannot be written: " + failed, Effect.NONE, failed);
        }
    }

    @Override
    public List<JournalRecord> read(RunId run) {
        Path file = file(run);
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            // Not readString(), which refuses a character that is torn.
            return parse(file, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw failure("The journal " + file + " cannot be read: " + failed, Effect.NONE, failed);
        }
    }

    private static List<JournalRecord> parse(Path file, String content) {
        List<JournalRecord> records = new ArrayList<>();
        String[] lines = content.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i];
            boolean isLast = i >= lines.length - 1;
            if (line.isEmpty() && isLast) {
                break;
            }
            if (!isWhole(line)) {
                if (isLast) {
                    break;
                }
                throw failure("The journal " + file + " is damaged in line " + (i + 1), Effect.NONE, null);
            }
            records.add(JournalRecordCodec.read(line.substring(9)));
        }
        return records;
    }

    private static boolean isWhole(String line) {
        return line.length() > 9
                && line.charAt(8) == ' '
                && checksum(line.substring(9)).equals(line.substring(0, 8));
    }

    @Override
    public List<RunId> runs() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> new RunId(name.substring(0, name.length() - SUFFIX.length())))
                    .sorted(java.util.Comparator.comparing(RunId::value))
                    .toList();
        } catch (IOException failed) {
            throw failure("The journal's folder " + folder + " cannot be read: " + failed, Effect.NONE, failed);
        }
    }

    private Path file(RunId run) {
        return folder.resolve(run.value() + SUFFIX);
    }

    private static String checksum(String line) {
        CRC32C crc = new CRC32C();
        crc.update(line.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }

    private static void restrict(Path path, String permissions) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }

    private static JournalException failure(
            String what, Effect effect, @org.jspecify.annotations.Nullable Throwable cause) {
        return new JournalException(Problem.of(JournalCode.JOURNAL_UNUSABLE, what), effect, cause);
    }
}
