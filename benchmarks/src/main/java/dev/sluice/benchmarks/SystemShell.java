// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The programs of this machine. */
final class SystemShell implements Shell {
    private static final int SAID_AT_MOST = 300;

    /** Not a status that a program ends with. */
    private static final int TOO_LONG = -1;

    @Override
    public boolean has(String program) {
        return Programs.onPath(program).isPresent();
    }

    @Override
    public Ended run(List<String> command, Duration limit) {
        try {
            Path said = Files.createTempFile("sluice-bench", ".said");
            try {
                return run(command, limit, said);
            } finally {
                Files.delete(said);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", interrupted);
        }
    }

    private static Ended run(List<String> command, Duration limit, Path said) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            return ended
                    ? new Ended(process.exitValue(), end(Files.readString(said)))
                    : new Ended(TOO_LONG, "it took longer than " + limit.toSeconds() + " s");
        } finally {
            process.destroy();
        }
    }

    private static String end(String text) {
        String all = text.strip();
        return all.substring(Math.max(0, all.length() - SAID_AT_MOST));
    }
}
