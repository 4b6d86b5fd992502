// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.programs;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file with a password, in a folder of its own, that nobody but this process's user can read. Deleted when closed, which is as soon
 * as the program that reads it has logged in.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/option-files.html">MySQL: option files</a>
 */
final class OptionFile implements AutoCloseable {
    private final Path folder;
    private final Path file;

    private OptionFile(Path folder, Path file) {
        this.folder = folder;
        this.file = file;
    }

    static OptionFile write(String content) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory(
                    "sluice-dump-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path file = Files.createFile(
                    folder.resolve("client.cnf"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            OptionFile written = new OptionFile(folder, file);
            folder = null;
            written.fill(content);
            return written;
        } catch (IOException | UnsupportedOperationException failure) {
            TemporaryFiles.delete(folder);
            throw new StepRefusedException(
                    Problem.of(
                            ProgramCode.NO_PRIVATE_FILE,
                            "No private file can be written to " + System.getProperty("java.io.tmpdir") + ": "
                                    + failure.getMessage()),
                    failure);
        }
    }

    private void fill(String content) throws IOException {
        try {
            Files.write(file, content.getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
        } catch (IOException failure) {
            close();
            throw failure;
        }
    }

    Path path() {
        return file;
    }

    /** A value as option files take it: the quotes keep blanks and hashes, the backslash protects itself and quotes. */
    static String quote(String value) {
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("An option has the character NUL");
        }
        return '"'
                + value.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t")
                        .replace("\b", "\\b")
                + '"';
    }

    /** Deletes it. A second call does nothing. */
    @Override
    public void close() {
        TemporaryFiles.delete(file);
        TemporaryFiles.delete(folder);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
