// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers.install;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs another program to its end, with a deadline, and keeps what it printed. */
public final class Command {
    private Command() {}

    /**
     * How a program ended.
     *
     * @param exitCode 0 where all went well
     * @param output standard output and error together
     */
    public record Outcome(int exitCode, String output) {

        /** Whether it ended with 0. */
        public boolean succeeded() {
            return exitCode == 0;
        }

        /** The last lines of the output in one line, short enough for a message. */
        public String lastWords() {
            List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
            String end = String.join(" | ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
            return end.substring(Math.max(0, end.length() - 500));
        }
    }

    /** Runs a program in the environment of this JVM. */
    public static Outcome run(Duration deadline, List<String> command) {
        return run(deadline, command, Map.of());
    }

    /**
     * Runs a program; when the deadline passes it is killed and counts as failed.
     *
     * @throws UncheckedIOException if it cannot be started, for example because there is no such program
     */
    public static Outcome run(Duration deadline, List<String> command, Map<String, String> environment) {
        try {
            Path output = Files.createTempFile("sluice-command", ".out");
            try {
                return run(deadline, command, environment, output);
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Outcome run(Duration deadline, List<String> command, Map<String, String> environment, Path output)
            throws IOException {
        // Output goes through a file: a pipe that a grandchild keeps open would outlive the deadline.
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        boolean ended = ended(process, deadline);
        String printed = Files.readString(output, StandardCharsets.ISO_8859_1);
        return ended
                ? new Outcome(process.exitValue(), printed)
                : new Outcome(-1, printed + "\nno end within " + deadline.toSeconds() + " s: " + command.get(0));
    }

    private static boolean ended(Process process, Duration deadline) {
        try {
            if (process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        // The program first: one whose child ends would go on with its next line.
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
        return false;
    }

    /** Whether a program of this name is on the search path. */
    public static boolean exists(String program) {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        for (String folder : path.split(":")) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}
