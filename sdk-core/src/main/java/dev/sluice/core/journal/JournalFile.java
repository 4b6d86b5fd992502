// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.journal;

import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file to which whole lines are added, or nothing. What a write left there that failed half-way, on a full disk or because its process
 * was killed, would be glued to the next line and damage it; so it is taken off at once, or by the next process that writes.
 *
 * <p>It is written by streams, not by channels: those are closed when their thread is interrupted, and a run whose host shuts its threads
 * down still has its end to write.
 */
final class JournalFile {
    private final Path path;
    private final Writing writing;

    /** From then on it is never made anew: one that somebody has deleted would go on without its beginning. */
    private boolean isKnown;

    /** What a failed write may have left; null if nothing. */
    private @Nullable Remains remains;

    /** Writes all bytes to the end of a file. */
    @FunctionalInterface
    interface Writing {
        /** As the system does. */
        Writing PLAIN = OutputStream::write;

        void write(OutputStream file, byte[] bytes) throws IOException;
    }

    /** Bytes of which some, from the first on, may stand at the end of the file. */
    private static final class Remains {
        private final long at;
        private final byte[] bytes;

        Remains(long at, byte[] bytes) {
            this.at = at;
            this.bytes = bytes;
        }

        boolean areAllOf(RandomAccessFile file) throws IOException {
            long length = file.length() - at;
            if (length <= 0 || length > bytes.length) {
                return false;
            }
            byte[] there = new byte[(int) length];
            file.seek(at);
            file.readFully(there);
            return Arrays.equals(there, 0, there.length, bytes, 0, there.length);
        }
    }

    JournalFile(Path path, Writing writing) {
        this.path = path;
        this.writing = writing;
    }

    Path path() {
        return path;
    }

    /** Adds a line, which is on the disk when this returns, and not in the file when it throws, as far as can be. */
    void append(String line) throws IOException {
        if (!Files.exists(path)) {
            create();
        }
        takeOffRemains();
        long size = Files.size(path);
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        try (FileOutputStream file = new FileOutputStream(path.toFile(), true)) {
            writing.write(file, bytes);
            file.getFD().sync();
        } catch (IOException failed) {
            remains = new Remains(size, bytes);
            tryToTakeOff(failed);
            throw failed;
        }
        isKnown = true;
    }

    private void create() throws IOException {
        if (isKnown) {
            throw new NoSuchFileException(path.toString(), null, "somebody has removed it");
        }
        Files.createFile(path, OwnerOnly.file(path));
        OwnerOnly.syncFolderOf(path);
    }

    private void tryToTakeOff(IOException because) {
        try {
            takeOffRemains();
        } catch (IOException later) {
            because.addSuppressed(later);
        }
    }

    /** Only if nothing else came after them: a process that took the run in the meantime has dealt with them, and may have written since. */
    private void takeOffRemains() throws IOException {
        Remains left = remains;
        if (left == null) {
            return;
        }
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            if (left.areAllOf(file)) {
                file.setLength(left.at);
                file.getFD().sync();
            }
        }
        remains = null;
    }

    /**
     * To be called once by who has just taken the run: a line that only lacks its end is completed, a torn one is taken off.
     *
     * @return whether there is a file
     */
    boolean mend() throws IOException {
        isKnown = Files.exists(path);
        if (!isKnown) {
            return false;
        }
        OwnerOnly.restrictFile(path);
        byte[] content = Files.readAllBytes(path);
        int end = endOfLastLine(content);
        if (end < content.length) {
            String tail = new String(content, end, content.length - end, StandardCharsets.UTF_8);
            mend(JournalLine.parse(tail).isPresent() ? content.length : -1, end);
        }
        return true;
    }

    /** Completes the line that ends here, or else takes off what comes after the last whole one. */
    private void mend(int completed, int whole) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            if (completed >= 0) {
                file.seek(completed);
                file.write('\n');
            } else {
                file.setLength(whole);
            }
            file.getFD().sync();
        }
    }

    private static int endOfLastLine(byte[] content) {
        int end = content.length;
        while (end > 0 && content[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    /** All lines but a torn last one. */
    List<JournalLine> read() throws IOException {
        List<JournalLine> found = new ArrayList<>();
        if (!Files.exists(path)) {
            return found;
        }
        // Not readString(), which refuses a character that is torn.
        String[] lines = new String(Files.readAllBytes(path), StandardCharsets.UTF_8).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            boolean isLast = i == lines.length - 1;
            JournalLine line = JournalLine.parse(lines[i]).orElse(null);
            if (line != null) {
                found.add(line);
            } else if (!isLast) {
                throw new IOException("it is damaged in line " + (i + 1));
            }
        }
        return found;
    }

    /** The first line that is no mark; empty if there is none, or it is torn. No more of the file is read. */
    Optional<JournalLine> first() throws IOException {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(path), StandardCharsets.UTF_8))) {
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                Optional<JournalLine> line = JournalLine.parse(text);
                if (line.isEmpty() && lines.readLine() != null) {
                    throw new IOException("it is damaged at its beginning");
                }
                if (line.filter(each -> !each.isMark()).isPresent()) {
                    return line;
                }
            }
            return Optional.empty();
        }
    }
}
