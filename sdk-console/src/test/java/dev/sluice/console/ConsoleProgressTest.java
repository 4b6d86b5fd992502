// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.run.RunState;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConsoleProgressTest {
    private static final Story RUN = Story.of("r-1");
    private static final TerminalSize WINDOW = new TerminalSize(100, 24);

    private final List<String> writes = new CopyOnWriteArrayList<>();

    /** Each call of it is one write to the terminal. */
    private final PrintStream terminal = new PrintStream(
            new java.io.BufferedOutputStream(
                    new OutputStream() {
                        @Override
                        public void write(int one) {
                            throw new AssertionError("Byte by byte others come between");
                        }

                        @Override
                        public void write(byte[] bytes, int from, int length) {
                            writes.add(new String(bytes, from, length, StandardCharsets.UTF_8));
                        }
                    },
                    8192),
            true,
            StandardCharsets.UTF_8);

    @Test
    void eachFrameIsOneWriteThatEndsWhereItBegan() {
        try (ConsoleProgress progress = ConsoleProgress.bars(terminal, () -> Optional.of(WINDOW))) {
            progress.onEvent(RUN.started());
            progress.onEvent(RUN.begins(GuideStep.LOAD));
            progress.onEvent(RUN.copies(1, 100, 300));
            await().until(() -> writes.stream().anyMatch(write -> write.contains("Copying")));
            progress.onEvent(RUN.copies(50, 100, 300));
            await().until(() -> writes.stream().anyMatch(write -> write.contains("50%")));
        }

        assertThat(writes)
                .filteredOn(write -> write.contains("\u001b"))
                .isNotEmpty()
                .allMatch(frame -> frame.endsWith("\u001b8"));
        assertThat(writes.get(writes.size() - 1)).startsWith("\u001b7\u001b[r");
    }

    @Test
    void asManyFramesAsEyesCanUseHoweverManyEventsCome() {
        try (ConsoleProgress progress = ConsoleProgress.bars(terminal, () -> Optional.of(WINDOW))) {
            long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
            for (long i = 0; System.nanoTime() < end; i++) {
                progress.onEvent(RUN.copies(i, Long.MAX_VALUE, 1));
            }
        }

        assertThat(writes).hasSizeBetween(3, 14);
    }

    @Test
    void afterTheEndNothingIsLeft() {
        ConsoleProgress progress = ConsoleProgress.bars(terminal, () -> Optional.of(WINDOW));
        progress.onEvent(RUN.started());
        assertThat(threads()).isEqualTo(1);

        progress.close();
        progress.close();
        writes.clear();
        progress.onEvent(RUN.copies(1, 2, 1));

        await().until(() -> threads() == 0);
        assertThat(writes).isEmpty();
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("sluice-console"))
                .count();
    }

    @Test
    void aSecondRunIsShownAsTheFirst() {
        try (ConsoleProgress progress = ConsoleProgress.bars(terminal, () -> Optional.of(WINDOW))) {
            for (String name : List.of("r-1", "r-2")) {
                Story run = Story.of(name);
                progress.onEvent(run.started());
                progress.onEvent(run.begins(GuideStep.SNAPSHOT));
                await().until(() -> writes.stream().anyMatch(write -> write.contains("Take a snapshot")));
                progress.onEvent(run.finishes(RunState.SUCCEEDED, List.of()));
                writes.clear();
            }
        }
    }

    @Test
    void elsewhereThereAreLinesOnly() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
                ConsoleProgress progress = ConsoleProgress.lines(out)) {
            progress.onEvent(RUN.started());
            progress.onEvent(RUN.begins(GuideStep.LOAD));
            IntStream.range(0, 1_000).forEach(i -> progress.onEvent(RUN.copies(i, 1_000, 5)));
            progress.onEvent(RUN.finishes(RunState.SUCCEEDED, List.of()));
        }

        assertThat(said.toString(StandardCharsets.UTF_8))
                .isEqualTo("Run r-1: 12 steps\nRun r-1 succeeded after 1 h 1 min\n");
    }

    /** Surefire's standard output is a pipe. */
    @Test
    void aPipeGetsLines() {
        assertThat(Terminal.takesBars(java.util.Map.of("TERM", "xterm"))).isFalse();
    }

    @Test
    void aTerminalThatTakesNothingHoldsNobodyUpButItsListener() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        try (PrintStream blocked = new PrintStream(new FileOutputStream(FileDescriptor.err) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                try {
                    stuck.await();
                } catch (InterruptedException ended) {
                    throw new IOException(ended);
                }
            }
        })) {
            Thread listener = new Thread(() -> {
                try (ConsoleProgress progress = ConsoleProgress.lines(blocked)) {
                    progress.onEvent(RUN.started());
                }
            });
            listener.start();
            listener.join(300);
            assertThat(listener.isAlive()).isTrue();

            stuck.countDown();
            listener.join(10_000);
            assertThat(listener.isAlive()).isFalse();
        }
    }

    /** Of a whole JVM, since only one that ends runs what is left for the end. */
    @Test
    void whoeverForgetsToCloseGetsTheTerminalBack() throws Exception {
        Path said = Files.createTempFile("sluice-console", ".txt");
        try {
            Process program = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Forgetful.class.getName())
                    .redirectOutput(said.toFile())
                    .redirectErrorStream(true)
                    .start();
            assertThat(program.waitFor()).isZero();

            assertThat(Files.readString(said))
                    .contains("Take a snapshot")
                    .endsWith("\u001b8")
                    .contains("\u001b[r");
        } finally {
            Files.delete(said);
        }
    }

    /** A program that ends in the middle of a run. */
    static final class Forgetful {
        public static void main(String... arguments) throws InterruptedException {
            ConsoleProgress progress = ConsoleProgress.bars(System.out, () -> Optional.of(WINDOW));
            progress.onEvent(RUN.started());
            progress.onEvent(RUN.begins(GuideStep.SNAPSHOT));
            Thread.sleep(1_000);
        }
    }
}
