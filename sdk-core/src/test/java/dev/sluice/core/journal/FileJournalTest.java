// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sluice.api.error.JournalException;
import dev.sluice.api.run.RunId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journals in files: what is there after a disk was full and after a process was killed in the middle of a line. */
class FileJournalTest {
    private static final RunId RUN = new RunId("r-1");
    private static final JournalRecord FIRST = new JournalRecord.StepOpened(Instant.EPOCH, "fake/first@1");
    private static final JournalRecord SECOND = new JournalRecord.StepOpened(Instant.EPOCH, "fake/zweiter-Schritt-ü@1");
    private static final JournalRecord THIRD = new JournalRecord.StepOpened(Instant.EPOCH, "fake/third@1");

    @TempDir
    Path temporary;

    private Path folder() {
        return temporary.resolve("journal");
    }

    private Path file() {
        return folder().resolve("r-1.journal");
    }

    /** Whose writes end early as often as the number of bytes says that are left to them. */
    private FileJournal onFullDisk(Deque<Integer> space) throws IOException {
        Files.createDirectories(folder());
        return new FileJournal(folder(), path -> new FullDisk(path, space));
    }

    @Test
    void recordsAreThereForTheNextProcess() {
        FileJournal.in(folder()).append(RUN, FIRST);
        FileJournal.in(folder()).append(RUN, SECOND);

        assertThat(FileJournal.in(folder()).read(RUN)).containsExactly(FIRST, SECOND);
        assertThat(FileJournal.in(folder()).runs()).containsExactly(RUN);
    }

    @Test
    void othersMayNeitherReadNorListThem() throws IOException {
        assumeThat(temporary.getFileSystem().supportedFileAttributeViews()).contains("posix");

        FileJournal.in(folder()).append(RUN, FIRST);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
                .isEqualTo("rwx------");
    }

    @Test
    void aRecordThatFillsTheDiskIsTakenOffAgain() throws IOException {
        FileJournal journal = onFullDisk(new ArrayDeque<>(java.util.List.of(Integer.MAX_VALUE, 20)));
        journal.append(RUN, FIRST);

        assertThatThrownBy(() -> journal.append(RUN, SECOND))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("CORE-601")
                .hasMessageContaining("planted");

        assertThat(Files.readString(file())).endsWith("}\n");
        journal.append(RUN, THIRD);
        assertThat(journal.read(RUN)).containsExactly(FIRST, THIRD);
    }

    @Test
    void aDiskThatTakesNothingAtAllLeavesNothing() throws IOException {
        FileJournal journal = onFullDisk(new ArrayDeque<>(java.util.List.of(7)));

        assertThatThrownBy(() -> journal.append(RUN, FIRST)).isInstanceOf(JournalException.class);

        assertThat(journal.read(RUN)).isEmpty();
        journal.append(RUN, SECOND);
        assertThat(journal.read(RUN)).containsExactly(SECOND);
    }

    /** Wherever it was torn, also in the middle of a character. */
    @Test
    void aTornTailIsPassedOverAndTakenOffBeforeTheNextRecord() throws IOException {
        FileJournal.in(folder()).append(RUN, FIRST);
        byte[] before = Files.readAllBytes(file());
        FileJournal.in(folder()).append(RUN, SECOND);
        byte[] whole = Files.readAllBytes(file());
        for (int cut = before.length; cut < whole.length - 1; cut++) {
            Files.write(file(), Arrays.copyOf(whole, cut));
            FileJournal journal = FileJournal.in(folder());
            assertThat(journal.read(RUN)).as("cut at %s", cut).containsExactly(FIRST);

            journal.append(RUN, THIRD);

            assertThat(journal.read(RUN)).as("cut at %s", cut).containsExactly(FIRST, THIRD);
        }
    }

    @Test
    void aRecordThatOnlyLacksItsLineEndIsKept() throws IOException {
        FileJournal.in(folder()).append(RUN, FIRST);
        byte[] whole = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(whole, whole.length - 1));
        FileJournal journal = FileJournal.in(folder());
        assertThat(journal.read(RUN)).containsExactly(FIRST);

        journal.append(RUN, SECOND);

        assertThat(journal.read(RUN)).containsExactly(FIRST, SECOND);
    }

    @Test
    void aDamagedLineInTheMiddleIsToldAndNeverPassedOver() throws IOException {
        FileJournal journal = FileJournal.in(folder());
        journal.append(RUN, FIRST);
        Files.writeString(file(), "0123abcd {\"half\n", StandardOpenOption.APPEND);
        journal.append(RUN, SECOND);

        assertThatThrownBy(() -> journal.read(RUN))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("damaged in line 2");
        assertThat(Files.readString(file(), StandardCharsets.UTF_8)).contains("half");
    }

    /** A file on a disk that has room for so many bytes. */
    private static final class FullDisk extends RandomAccessFile {
        private final int space;

        FullDisk(Path path, Deque<Integer> spaces) throws IOException {
            super(path.toFile(), "rw");
            Integer next = spaces.poll();
            this.space = next == null ? Integer.MAX_VALUE : next;
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            if (bytes.length > space) {
                super.write(Arrays.copyOf(bytes, space));
                throw new IOException("planted: No space left on device");
            }
            super.write(bytes);
        }
    }
}
