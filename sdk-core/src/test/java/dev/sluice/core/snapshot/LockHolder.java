// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.operation.LockKind;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A JVM of its own that takes a snapshot, and never gets beyond opening it. */
final class LockHolder implements AutoCloseable {
    private static final String PASSWORD = "SLUICE_TEST_PASSWORD";

    /** So long that only the death of this JVM can end the lock within a test. */
    private static final Duration WINDOW = Duration.ofMinutes(10);

    private final Process process;

    private LockHolder(Process process) {
        this.process = process;
    }

    static LockHolder start(Source source, LockKind lock) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LockHolder.class.getName(),
                Integer.toString(source.server().port()),
                lock.name());
        builder.environment().put(PASSWORD, source.server().rootPassword());
        builder.redirectErrorStream(true).redirectOutput(new File("target", "lock-holder.log"));
        return new LockHolder(builder.start());
    }

    /** As a crash of the JVM. */
    void kill() {
        process.destroyForcibly();
    }

    /** As a host that vanishes without a word: connections stay open, and nothing is ever said on them again. */
    void stop() throws IOException, InterruptedException {
        Process signal = new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start();
        if (signal.waitFor() != 0) {
            throw new IOException("kill -STOP ended with " + signal.exitValue());
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Runs in the other JVM. */
    public static void main(String[] args) {
        MySqlConnector source = MySqlConnector.builder()
                .address(new ServerAddress("127.0.0.1", Integer.parseInt(args[0])))
                .user("root")
                .password(() -> System.getenv(PASSWORD))
                .allowPlainText()
                .build();
        Source.taker()
                .hold(
                        source,
                        Source.request(WINDOW, WINDOW, LockKind.valueOf(args[1])),
                        new NeverOpen(),
                        SnapshotListener.SILENT,
                        new Cancellation());
    }

    private static final class NeverOpen implements SnapshotOpener {
        @Override
        public void prepare(Cancellation cancellation) {}

        @Override
        public void open(LockWindow window) {
            window.pause(WINDOW);
        }

        @Override
        public void discard() {}
    }
}
