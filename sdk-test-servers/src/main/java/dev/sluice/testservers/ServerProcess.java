// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import dev.sluice.testservers.install.Command;
import dev.sluice.testservers.install.Installation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One run of the program {@code mysqld}. */
final class ServerProcess {
    private static final Duration QUICK = Duration.ofSeconds(20);

    /** Behind the program's name, which may hold anything. */
    private static final Pattern STOPPED = Pattern.compile("\\) T [^)]*$");

    private static final int POLL_MILLIS = 20;

    private final Process process;

    private ServerProcess(Process process) {
        this.process = process;
    }

    /** Starts the server with the option file of a folder and further arguments. */
    static ServerProcess start(Installation installation, ServerFolder folder, List<String> arguments)
            throws IOException {
        List<String> command = Keeper.ownSession();
        command.addAll(
                List.of("sh", "-c", script(), "sluice-launcher", folder.path().toString()));
        command.addAll(installation.serverCommand());
        command.add("--defaults-file=" + folder.optionFile());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.path().toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.output().toFile()));
        installation.libraryPath().ifPresent(path -> builder.environment().put("LD_LIBRARY_PATH", path));
        return new ServerProcess(builder.start());
    }

    private static String script() throws IOException {
        try (InputStream script = ServerProcess.class.getResourceAsStream("launcher.sh")) {
            return new String(Objects.requireNonNull(script, "launcher.sh").readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int exitValue() {
        return process.exitValue();
    }

    /** Waits until a condition holds; {@code false} if the process ends or the deadline passes before. */
    boolean await(Duration deadline, BooleanSupplier condition) {
        long end = System.nanoTime() + deadline.toNanos();
        while (!condition.getAsBoolean()) {
            if (endsWithin(Duration.ofMillis(POLL_MILLIS)) || System.nanoTime() > end) {
                return condition.getAsBoolean();
            }
        }
        return true;
    }

    /** Waits for the end of the process. */
    boolean endsWithin(Duration deadline) {
        try {
            return process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new TestServerException("Interrupted while waiting for a test server", interrupted);
        }
    }

    void kill() {
        process.destroyForcibly();
        if (!endsWithin(QUICK)) {
            throw new TestServerException("A test server did not die of SIGKILL within " + QUICK.toSeconds() + " s");
        }
    }

    void signal(String name) {
        Command.Outcome outcome = Command.run(
                QUICK, List.of("sh", "-c", "kill -" + name + " \"$1\"", "kill", Long.toString(process.pid())));
        if (!outcome.succeeded()) {
            throw new TestServerException("Cannot send SIG" + name + " to a test server: " + outcome.lastWords());
        }
    }

    /** The signal only asks: on a busy machine some thread may still answer afterwards, so that this waits for all to stand still. */
    void pause() {
        signal("STOP");
        Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
        long end = System.nanoTime() + QUICK.toNanos();
        while (Files.isDirectory(threads) && !allStopped(threads)) {
            if (System.nanoTime() - end > 0) {
                throw new TestServerException("A test server goes on after SIGSTOP");
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static boolean allStopped(Path threads) {
        try (Stream<Path> each = Files.list(threads)) {
            return each.allMatch(
                    thread -> STOPPED.matcher(read(thread.resolve("stat"))).find());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Threads come and go until all are stopped. */
    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    /** The last lines of a server's log and output, for messages. */
    static String lastWords(ServerFolder folder) throws IOException {
        StringBuilder words = new StringBuilder();
        for (Path file : List.of(folder.output(), folder.errorLog())) {
            if (Files.exists(file)) {
                List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                        .lines()
                        .toList();
                lines.subList(Math.max(0, lines.size() - 15), lines.size())
                        .forEach(line -> words.append('\n').append(line));
            }
        }
        return words.toString();
    }
}
