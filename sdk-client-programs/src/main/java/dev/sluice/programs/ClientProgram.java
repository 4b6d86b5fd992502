// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.programs;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.core.mysql.CancelledException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A program that has said who it is. Immutable and thread-safe.
 *
 * @param name what it is called
 * @param file where it is
 * @param version the MySQL release that it came with
 * @param help what it says about its options
 */
record ClientProgram(String name, Path file, ServerVersion version, String help) {
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final int LONGEST_ANSWER = 1 << 20;

    /** Old programs count themselves, and name the release after the word Distrib. */
    private static final Pattern VERSION = Pattern.compile("(?:Distrib|Ver)\\s+(\\d+\\.\\d+\\.\\d+)");

    static ClientProgram ask(String name, Path file) {
        String said = run(name, file, "--no-defaults", "--version");
        return new ClientProgram(name, file, version(name, file, said), run(name, file, "--no-defaults", "--help"));
    }

    static ServerVersion version(String name, Path file, String said) {
        if (said.toLowerCase(Locale.ROOT).contains("mariadb")) {
            throw new StepRefusedException(
                    Problem.of(ProgramCode.NOT_MYSQL, name + " at " + file + " is MariaDB's: " + firstLine(said)));
        }
        Matcher version = VERSION.matcher(said);
        if (!version.find()) {
            throw unusable(name, file, "does not tell its version: " + firstLine(said), null);
        }
        return ServerVersion.parse(version.group(1));
    }

    private static String firstLine(String said) {
        String line = said.strip().lines().findFirst().orElse("");
        return line.substring(0, Math.min(200, line.length()));
    }

    boolean knows(String option) {
        return help.contains("--" + option);
    }

    /** Into a file, so that a program that goes on for ever can be left alone and ended. */
    private static String run(String name, Path file, String... arguments) {
        Path answer = null;
        try {
            answer = Files.createTempFile("sluice-program-", ".txt");
            return run(name, file, answer, arguments);
        } catch (IOException failure) {
            throw unusable(name, file, "does not run: " + failure.getMessage(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        } finally {
            TemporaryFiles.delete(answer);
        }
    }

    private static String run(String name, Path file, Path answer, String... arguments)
            throws IOException, InterruptedException {
        ProcessBuilder builder = ClientProcess.builder(file, List.of(arguments));
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(answer.toFile())
                .start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(ANSWER.toMillis(), TimeUnit.MILLISECONDS)) {
                throw unusable(name, file, "did not answer within " + ANSWER.toSeconds() + " s", null);
            }
        } finally {
            process.destroyForcibly();
        }
        String said = text(answer);
        if (process.exitValue() != 0) {
            throw unusable(name, file, "ends with status " + process.exitValue() + ": " + firstLine(said), null);
        }
        return said;
    }

    private static String text(Path answer) throws IOException {
        try (InputStream in = Files.newInputStream(answer)) {
            return new String(in.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
        }
    }

    private static StepRefusedException unusable(String name, Path file, String why, @Nullable Throwable cause) {
        return new StepRefusedException(
                Problem.of(ProgramCode.PROGRAM_UNUSABLE, name + " at " + file + " " + why), cause);
    }
}
