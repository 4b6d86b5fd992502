// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.JournalException;
import dev.sluice.api.run.RunId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process at a time writes to a run. */
class FileLeaseTest {
    private static final RunId RUN = new RunId("r-1");
    private static final JournalRecord ENTRY = new JournalRecord.StepOpened(Instant.EPOCH, "fake/first@1");
    private static final JournalRecord OTHER = new JournalRecord.StepOpened(Instant.EPOCH, "fake/second@1");

    @TempDir
    Path folder;

    private FileJournal journal() {
        return FileJournal.in(folder);
    }

    /** As another host sees it so much later. */
    private FileJournal later(Duration by) {
        Clock clock = Clock.fixed(Instant.now().plus(by), ZoneOffset.UTC);
        return new FileJournal(folder, JournalFile.Writing.PLAIN, clock);
    }

    @Test
    void whoIsAliveKeepsTheRun() {
        try (JournalWriter first = journal().take(RUN)) {
            first.append(ENTRY);

            assertThat(journal().isTaken(RUN)).isTrue();
            assertThatThrownBy(() -> journal().take(RUN))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("CORE-655")
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
            first.append(ENTRY);
        }
        assertThat(journal().isTaken(RUN)).isFalse();
        assertThat(journal().read(RUN)).hasSize(2);
    }

    @Test
    void tokensRiseAlsoAfterTheRunWasGivenBack() {
        for (long token = 1; token <= 3; token++) {
            try (JournalWriter writer = journal().take(RUN)) {
                assertThat(writer.token()).isEqualTo(token);
            }
        }
    }

    @Test
    void whoWasSilentForTooLongLosesItAndWritesNothingMore() {
        JournalWriter slow = journal().take(RUN);
        slow.append(ENTRY);
        try (JournalWriter next = later(Duration.ofMinutes(1)).take(RUN)) {
            assertThat(next.token()).isEqualTo(2);

            assertThatThrownBy(() -> slow.append(OTHER)).hasMessageContaining("CORE-656");
            assertThatThrownBy(slow::check).hasMessageContaining("CORE-656");
            assertThatThrownBy(slow::renew).hasMessageContaining("CORE-656");
            slow.close();
            next.append(ENTRY);
        }
        assertThat(journal().read(RUN)).containsExactly(ENTRY, ENTRY);
    }

    @Test
    void whoRenewsIsNotSilent() {
        try (JournalWriter slow = later(Duration.ofMinutes(1)).take(RUN)) {
            slow.renew();

            assertThatThrownBy(() -> later(Duration.ofSeconds(70)).take(RUN)).hasMessageContaining("CORE-655");
        }
    }

    /** Stopped after it had looked at its lease and before it wrote, for longer than its lease. */
    @Test
    void aRecordThatCameTooLateIsLeftOut() throws IOException {
        JournalWriter slow = journal().take(RUN);
        slow.append(ENTRY);
        try (JournalWriter next = later(Duration.ofMinutes(1)).take(RUN)) {
            next.append(ENTRY);
            String late = new JournalLine(slow.token(), JournalRecordCodec.write(OTHER)).text();
            Files.writeString(folder.resolve("r-1.journal"), late + "\n", StandardOpenOption.APPEND);
            next.append(ENTRY);
        }
        assertThat(journal().read(RUN)).containsExactly(ENTRY, ENTRY, ENTRY);
    }

    /** Whose file system stalls in the middle of an append, until the lease is somebody else's, and then does this with the bytes. */
    private JournalWriter stalledUntil(Runnable later, JournalFile.Writing then) {
        JournalFile.Writing stalling = (file, bytes) -> {
            if (new String(bytes, StandardCharsets.UTF_8).contains("second")) {
                later.run();
                then.write(file, bytes);
            } else {
                JournalFile.Writing.PLAIN.write(file, bytes);
            }
        };
        return new FileJournal(folder, stalling, Clock.systemUTC()).take(RUN);
    }

    @Test
    void whoseAppendTookLongerThanTheLeaseIsToldSoAndItsRecordIsNoHistory() {
        List<List<JournalRecord>> seen = new ArrayList<>();
        JournalWriter slow = stalledUntil(
                () -> {
                    later(Duration.ofMinutes(1)).take(RUN);
                    seen.add(journal().read(RUN));
                },
                JournalFile.Writing.PLAIN);
        slow.append(ENTRY);

        assertThatThrownBy(() -> slow.append(OTHER)).hasMessageContaining("CORE-656");

        // Also before the new owner has written anything.
        assertThat(seen).containsExactly(List.of(ENTRY));
        assertThat(journal().read(RUN)).containsExactly(ENTRY);
    }

    @Test
    void aFailedAppendTakesNothingOffThatAnotherProcessHasWrittenSince() {
        JournalWriter slow = stalledUntil(
                () -> {
                    JournalWriter next = later(Duration.ofMinutes(1)).take(RUN);
                    next.append(ENTRY);
                },
                (file, bytes) -> {
                    throw new IOException("planted: No space left on device");
                });
        slow.append(ENTRY);

        assertThatThrownBy(() -> slow.append(OTHER)).hasMessageContaining("planted");
        assertThatThrownBy(() -> slow.append(OTHER)).hasMessageContaining("CORE-656");

        assertThat(journal().read(RUN)).containsExactly(ENTRY, ENTRY);
    }

    /** Suspended after it had looked who has the run, and before it made its file. */
    @Test
    void whoWasOvertakenByManyOthersGetsNothing() throws IOException {
        FileLease slow = FileLease.next(folder, RUN, Clock.systemUTC());
        journal().take(RUN).close();
        journal().take(RUN).close();
        try (JournalWriter third = journal().take(RUN)) {
            assertThat(third.token()).isEqualTo(3);

            assertThatThrownBy(slow::claim).hasMessageContaining("CORE-655");

            third.append(ENTRY);
            assertThat(journal().isTaken(RUN)).isTrue();
        }
        assertThat(journal().isTaken(RUN)).isFalse();
    }

    @Test
    void aFolderThatIsOutOfReachIsNoLease() throws IOException {
        Path where = folder.resolve("journal");
        try (JournalWriter writer = FileJournal.in(where).take(RUN)) {
            writer.append(ENTRY);
            Path away = Files.move(where, folder.resolve("away"));

            assertThatThrownBy(writer::check).hasMessageContaining("CORE-601");
            assertThatThrownBy(writer::renew).hasMessageContaining("CORE-601");
            assertThatThrownBy(() -> writer.append(OTHER)).hasMessageContaining("CORE-601");
            // As the place is where a file system was mounted.
            Files.createDirectory(where);
            assertThatThrownBy(writer::check).hasMessageContaining("CORE-601");
            Files.delete(where);

            Files.move(away, where);
            writer.append(OTHER);
        }
        assertThat(FileJournal.in(where).read(RUN)).containsExactly(ENTRY, OTHER);
    }

    @Test
    void aProcessThatIsDeadIsNotWaitedFor() throws Exception {
        Process process = new ProcessBuilder("sleep", "60").start();
        ProcessMark mark = ProcessMark.of(process.toHandle());
        assertThat(mark.isDead()).isFalse();
        JournalWriter died = journal().take(RUN);
        died.append(ENTRY);
        Files.writeString(folder.resolve("r-1.1.lease"), mark.text());
        assertThatThrownBy(() -> journal().take(RUN)).hasMessageContaining("process " + process.pid());

        process.destroyForcibly().waitFor();

        assertThat(mark.isDead()).isTrue();
        assertThat(new ProcessMark(mark.pid(), mark.startedAt(), "elsewhere").isDead())
                .isFalse();
        try (JournalWriter next = journal().take(RUN)) {
            assertThat(next.token()).isEqualTo(2);
        }
    }

    @Test
    void aNumberOfAProcessThatIsUsedAgainDoesNotKeepTheRun() {
        ProcessMark here = ProcessMark.ofThisProcess();

        assertThat(here.isDead()).isFalse();
        assertThat(new ProcessMark(here.pid(), here.startedAt() - 60_000, here.place()).isDead())
                .isTrue();
    }

    @Test
    void ofManyAtTheSameMomentOneGetsIt() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 20; round++) {
                RunId run = new RunId("r-at-once-" + round);
                CountDownLatch go = new CountDownLatch(1);
                List<Future<JournalWriter>> tries = IntStream.range(0, 8)
                        .mapToObj(i -> threads.submit((Callable<JournalWriter>) () -> {
                            go.await();
                            return journal().take(run);
                        }))
                        .toList();
                go.countDown();

                assertThat(tries.stream().filter(FileLeaseTest::succeeded).count())
                        .isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean succeeded(Future<JournalWriter> attempt) {
        try {
            return attempt.get().token() == 1;
        } catch (java.util.concurrent.ExecutionException refused) {
            assertThat(refused).hasRootCauseInstanceOf(JournalException.class);
            return false;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
