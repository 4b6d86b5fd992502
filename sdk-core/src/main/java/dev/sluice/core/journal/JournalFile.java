// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/**
 * A file to which whole lines are added, or nothing. What a write left there that failed half-way, on a full disk or because its process
 * was killed, would be glued to the next line and damage it; so it is taken off at once, or, where even that fails, before the next line.
 */
final class JournalFile implements AutoCloseable {
    private final RandomAccessFile file;
    private final Predicate<String> isWhole;

    /** @param isWhole tells a line that only lacks its end, which is kept, from a torn one */
    JournalFile(RandomAccessFile file, Predicate<String> isWhole) {
        this.file = file;
        this.isWhole = isWhole;
    }

    /** Adds a line, which is on the disk when this returns, and not in the file when it throws, as far as can be. */
    void append(String line) throws IOException {
        mendTail();
        long size = file.length();
        try {
            file.seek(size);
            file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            file.getFD().sync();
        } catch (IOException failed) {
            cutTo(size, failed);
            throw failed;
        }
    }

    private void cutTo(long size, IOException because) {
        try {
            file.setLength(size);
        } catch (IOException later) {
            because.addSuppressed(later);
        }
    }

    private void mendTail() throws IOException {
        long end = endOfLastLine();
        if (end == file.length()) {
            return;
        }
        byte[] tail = new byte[Math.toIntExact(file.length() - end)];
        file.seek(end);
        file.readFully(tail);
        if (isWhole.test(new String(tail, StandardCharsets.UTF_8))) {
            file.write('\n');
        } else {
            file.setLength(end);
        }
    }

    /** Where the last line that has its end ends. Torn tails are short, so that single bytes are good enough. */
    private long endOfLastLine() throws IOException {
        long end = file.length();
        while (end > 0) {
            file.seek(end - 1);
            if (file.read() == '\n') {
                break;
            }
            end--;
        }
        return end;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
