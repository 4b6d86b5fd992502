// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testservers.MySqlServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A {@link RunInChild} as its parent sees it. */
final class Child implements AutoCloseable {
    /** For one line; a machine may have much else to do. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Process process;
    private final Thread reader;

    /** Guarded by itself. */
    private final List<String> lines = new ArrayList<>();

    private Child(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "test-child-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a run by the plan in the folder. */
    static Child start(Pair pair, Path folder, KillPoint point) throws IOException {
        return launch(pair, "start", folder.toString(), point.toString());
    }

    /** The same with a copy that takes a few seconds. */
    static Child startSlowly(Pair pair, Path folder) throws IOException {
        return launch(pair, "start-slowly", folder.toString(), KillPoint.NONE.toString());
    }

    static Child resume(Pair pair, Path folder, KillPoint point, String run) throws IOException {
        return launch(pair, "resume", folder.toString(), point.toString(), run);
    }

    private static Child launch(Pair pair, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                RunInChild.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SECRET_source", password(pair.source()));
        builder.environment().put("SECRET_replica", password(pair.replica()));
        return new Child(builder.start());
    }

    private static String password(MySqlServer server) {
        return server.rootPassword();
    }

    private void read() {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                add(line);
            }
        } catch (IOException failed) {
            add("unreadable: " + new UncheckedIOException(failed));
        }
    }

    private void add(String line) {
        synchronized (lines) {
            lines.add(line);
            lines.notifyAll();
        }
    }

    /** All that it has said so far. */
    List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /** The rest of the first line that begins with these words. */
    Optional<String> find(String words) {
        return lines().stream()
                .filter(line -> (line + " ").startsWith(words + " "))
                .map(line -> line.substring(words.length()).strip())
                .findFirst();
    }

    /** The same as soon as there is one. */
    String await(String word) throws InterruptedException {
        return await(word, () -> find(word));
    }

    /** The one of two words with which a line begins first. */
    String awaitEither(String word, String other) throws InterruptedException {
        return await(
                word,
                () -> find(word).isPresent() ? Optional.of(word) : find(other).map(line -> other));
    }

    /** The first line that begins so, as soon as there is one. */
    String awaitLine(String start) throws InterruptedException {
        return await(
                start,
                () -> lines().stream().filter(line -> line.startsWith(start)).findFirst());
    }

    private String await(String what, Supplier<Optional<String>> search) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        synchronized (lines) {
            while (search.get().isEmpty() && System.nanoTime() < end && reader.isAlive()) {
                lines.wait(500);
            }
        }
        return search.get().orElseThrow(() -> new AssertionError("No " + what + " in " + String.join("\n", lines())));
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        // What it had said before is heard.
        reader.join(TimeUnit.SECONDS.toMillis(20));
    }

    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .redirectErrorStream(true)
                .start();
        assertThat(kill.waitFor()).isZero();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
