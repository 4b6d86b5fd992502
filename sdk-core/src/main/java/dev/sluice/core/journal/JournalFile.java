// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A file to which whole lines are added, or nothing. What a write left there that failed half-way, on a full disk or because its process
 * was killed, would be glued to the next line and damage it; so it is taken off at once, or by the next process that writes.
 */
final class JournalFile {
    private static final Set<OpenOption> APPEND = Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);

    private final Path path;
    private final Writing writing;

    /** Where the last whole line ends, if a failed write may have left something behind it; else -1. */
    private long mendTo = -1;

    /** Writes all bytes to the end of a file. */
    @FunctionalInterface
    interface Writing {
        /** As the system does. */
        Writing PLAIN = (file, bytes) -> {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        };

        void write(FileChannel file, ByteBuffer bytes) throws IOException;
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
        boolean isNew = !Files.exists(path);
        try (FileChannel file = FileChannel.open(path, new HashSet<>(APPEND), OwnerOnly.file(path))) {
            if (mendTo >= 0) {
                file.truncate(mendTo);
                mendTo = -1;
            }
            append(file, line);
        }
        if (isNew) {
            syncFolder();
        }
    }

    private void append(FileChannel file, String line) throws IOException {
        long size = file.size();
        try {
            writing.write(file, ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
            file.force(true);
        } catch (IOException failed) {
            mendTo = size;
            cut(file, failed);
            throw failed;
        }
    }

    private void cut(FileChannel file, IOException because) {
        try {
            file.truncate(mendTo);
            mendTo = -1;
        } catch (IOException later) {
            because.addSuppressed(later);
        }
    }

    /** The file's name has to be on the disk, too. */
    private void syncFolder() throws IOException {
        Path folder = path.getParent();
        if (folder != null && OwnerOnly.knowsOwners(folder)) {
            try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    }

    /** To be called once by who has just taken the run: a line that only lacks its end is completed, a torn one is taken off. */
    void mend() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        OwnerOnly.restrictFile(path);
        byte[] content = Files.readAllBytes(path);
        int end = endOfLastLine(content);
        if (end == content.length) {
            return;
        }
        String tail = new String(content, end, content.length - end, StandardCharsets.UTF_8);
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            if (JournalLine.parse(tail).isPresent()) {
                file.write(ByteBuffer.wrap(new byte[] {'\n'}), content.length);
            } else {
                file.truncate(end);
            }
            file.force(true);
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
}
