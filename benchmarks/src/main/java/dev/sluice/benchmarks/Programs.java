// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Runs other programs and fails when they fail. */
final class Programs {
    /** Beside what the build makes: {@code ./bench} empties it, so that a run that was killed leaves nothing behind for long. */
    private static final Path SCRATCH = Path.of("benchmarks", "target", "bench-files");

    private Programs() {}

    /** An empty folder, which the caller deletes. */
    static Path scratch() throws IOException {
        return Files.createTempDirectory(Files.createDirectories(SCRATCH.toAbsolutePath()), "b");
    }

    static Optional<Path> onPath(String name) {
        return Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static void run(List<String> command) {
        pipe(List.of(command));
    }

    /** A program that may end with this status as well. */
    static void run(int alsoWell, List<String> command) {
        pipe(List.of(command), Set.of(0, alsoWell));
    }

    /** Each program reads what the one before it writes. */
    static void pipe(List<List<String>> commands) {
        pipe(commands, Set.of(0));
    }

    private static void pipe(List<List<String>> commands, Set<Integer> well) {
        try {
            Path errors = Files.createTempFile(Files.createDirectories(SCRATCH), "e", ".err");
            try {
                if (!allSucceed(commands, errors, well)) {
                    throw new IllegalStateException(name(commands) + " failed: "
                            + Files.readString(errors).strip());
                }
            } finally {
                Files.delete(errors);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", interrupted);
        }
    }

    private static boolean allSucceed(List<List<String>> commands, Path errors, Set<Integer> well)
            throws IOException, InterruptedException {
        List<ProcessBuilder> builders = commands.stream()
                .map(command -> new ProcessBuilder(command).redirectError(Redirect.appendTo(errors.toFile())))
                .toList();
        builders.get(builders.size() - 1).redirectOutput(Redirect.DISCARD);
        boolean all = true;
        for (Process process : ProcessBuilder.startPipeline(builders)) {
            all &= well.contains(process.waitFor());
        }
        return all;
    }

    private static String name(List<List<String>> commands) {
        return String.join(
                " | ",
                commands.stream()
                        .map(command -> String.valueOf(Path.of(command.get(0)).getFileName()))
                        .toList());
    }

    /** Deletes a file, or a folder with what is in it. */
    static void delete(Path path) {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
