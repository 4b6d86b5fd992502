// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sluice.api.error.JournalException;
import dev.sluice.api.run.RunId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    private FileJournal journal() {
        return FileJournal.in(folder());
    }

    private void write(JournalRecord... entries) {
        try (JournalWriter writer = journal().take(RUN)) {
            for (JournalRecord entry : entries) {
                writer.append(entry);
            }
        }
    }

    /** Whose writes end early as often as the number of bytes says that are left to them. */
    private FileJournal onFullDisk(Integer... space) throws IOException {
        Files.createDirectories(folder());
        return new FileJournal(folder(), new FullDisk(new ArrayDeque<>(List.of(space))), Clock.systemUTC());
    }

    @Test
    void recordsAreThereForTheNextProcess() {
        write(FIRST);
        write(SECOND);

        assertThat(journal().read(RUN)).containsExactly(FIRST, SECOND);
        assertThat(journal().runs()).containsExactly(RUN);
    }

    @Test
    void othersMayNeitherReadNorListThem() throws IOException {
        assumeThat(temporary.getFileSystem().supportedFileAttributeViews()).contains("posix");

        try (JournalWriter writer = journal().take(RUN)) {
            writer.append(FIRST);

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
                    .isEqualTo("rwx------");
            try (var files = Files.list(folder())) {
                assertThat(files)
                        .hasSize(2)
                        .allSatisfy(
                                file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                                        .isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void aFileThatCameWithWiderPermissionsIsClosedToOthers() throws IOException {
        assumeThat(temporary.getFileSystem().supportedFileAttributeViews()).contains("posix");
        write(FIRST);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));

        write(SECOND);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void aFolderIntoWhichEverybodyMayWriteIsRefused() throws IOException {
        assumeThat(temporary.getFileSystem().supportedFileAttributeViews()).contains("posix");
        Files.createDirectories(folder());
        Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(this::journal).isInstanceOf(JournalException.class).hasMessageContaining("CORE-871");
    }

    /** As {@code mkdir} makes it, with or without a journal in it already. */
    @ParameterizedTest
    @ValueSource(strings = {"rwxr-xr-x", "rwxrwxr-x"})
    void aFolderOfTheJournalAloneIsClosedToOthers(String permissions) throws IOException {
        assumeThat(temporary.getFileSystem().supportedFileAttributeViews()).contains("posix");
        Files.createDirectories(folder());
        for (int time = 0; time < 2; time++) {
            Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString(permissions));

            write(FIRST);

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void aFolderThatOthersUseForSomethingElseIsNotTakenFromThem() throws IOException {
        assumeThat(temporary.getFileSystem().supportedFileAttributeViews()).contains("posix");
        Files.createDirectories(folder());
        Files.writeString(folder().resolve("notes.txt"), "somebody's");
        Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThatThrownBy(this::journal).hasMessageContaining("CORE-871").hasMessageContaining("notes.txt");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
                .isEqualTo("rwxr-xr-x");
        try (JournalWriter writer =
                FileJournal.in(folder().resolve("of-its-own")).take(RUN)) {
            writer.append(FIRST);
        }
    }

    @Test
    void filesOfOthersAreNoRuns() throws IOException {
        write(FIRST);
        for (String name : List.of("old_run.journal", ".journal", "r-1.journal.bak", "x".repeat(41) + ".journal")) {
            Files.writeString(folder().resolve(name), "somebody's");
        }

        assertThat(journal().runs()).containsExactly(RUN);
    }

    @Test
    void theFirstRecordIsReadWithoutTheOthers() throws IOException {
        assertThat(journal().first(RUN)).isEmpty();
        write(FIRST, SECOND);
        Files.writeString(file(), "damaged\n", StandardOpenOption.APPEND);
        assertThat(journal().first(RUN)).contains(FIRST);

        Files.writeString(file(), "damaged\n" + Files.readString(file()));
        assertThatThrownBy(() -> journal().first(RUN)).hasMessageContaining("damaged");

        Files.writeString(file(), "torn");
        assertThat(journal().first(RUN)).isEmpty();
    }

    /** Else the run went on in a file without its beginning. */
    @Test
    void aFileThatSomebodyHasRemovedIsNotMadeAnew() throws IOException {
        try (JournalWriter writer = journal().take(RUN)) {
            writer.append(FIRST);
            Files.delete(file());

            assertThatThrownBy(() -> writer.append(SECOND))
                    .hasMessageContaining("CORE-601")
                    .hasMessageContaining("removed");
            assertThat(file()).doesNotExist();
        }
    }

    @Test
    void whatIsWrittenOnAnInterruptedThreadIsThere() {
        try (JournalWriter writer = journal().take(RUN)) {
            Thread.currentThread().interrupt();
            writer.append(FIRST);
            writer.renew();
            writer.append(SECOND);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(journal().read(RUN)).containsExactly(FIRST, SECOND);
    }

    @Test
    void aRecordThatFillsTheDiskIsTakenOffAgain() throws IOException {
        FileJournal journal = onFullDisk(Integer.MAX_VALUE, 20);
        try (JournalWriter writer = journal.take(RUN)) {
            writer.append(FIRST);

            assertThatThrownBy(() -> writer.append(SECOND))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("CORE-601")
                    .hasMessageContaining("planted");

            assertThat(Files.readString(file())).endsWith("}\n");
            writer.append(THIRD);
        }
        assertThat(journal.read(RUN)).containsExactly(FIRST, THIRD);
    }

    @Test
    void aDiskThatTakesNothingAtAllLeavesNothing() throws IOException {
        FileJournal journal = onFullDisk(7);
        try (JournalWriter writer = journal.take(RUN)) {
            assertThatThrownBy(() -> writer.append(FIRST)).isInstanceOf(JournalException.class);

            assertThat(journal.read(RUN)).isEmpty();
            writer.append(SECOND);
        }
        assertThat(journal.read(RUN)).containsExactly(SECOND);
    }

    /** Wherever it was torn: at every byte, also in the middle of a character, and where only the line's end is missing. */
    @Test
    void aTornTailIsPassedOverAndTakenOffByTheNextProcess() throws IOException {
        write(FIRST, SECOND, THIRD);
        byte[] whole = Files.readAllBytes(file());
        for (int cut = 0; cut <= whole.length; cut++) {
            byte[] left = Arrays.copyOf(whole, cut);
            Files.write(file(), left);
            List<JournalRecord> before = List.of(FIRST, SECOND, THIRD).subList(0, wholeLines(whole, cut));
            assertThat(journal().read(RUN)).as("cut at %s", cut).isEqualTo(before);

            write(FIRST);

            List<JournalRecord> after = new ArrayList<>(before);
            after.add(FIRST);
            assertThat(journal().read(RUN)).as("cut at %s", cut).isEqualTo(after);
        }
    }

    /** A line counts once its last character is there. */
    private static int wholeLines(byte[] whole, int cut) {
        int lines = 0;
        for (int i = 0; i < whole.length; i++) {
            if (whole[i] == '\n' && i <= cut) {
                lines++;
            }
        }
        return lines;
    }

    @Test
    void aDamagedLineInTheMiddleIsToldAndNeverPassedOver() throws IOException {
        write(FIRST);
        Files.writeString(file(), "0123abcd 1 {\"half\n", StandardOpenOption.APPEND);
        write(SECOND);

        assertThatThrownBy(() -> journal().read(RUN))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("damaged in line 2");
        assertThat(Files.readString(file(), StandardCharsets.UTF_8)).contains("half");
    }

    /** Every byte is under the checksum, the token of who wrote it as well. */
    @Test
    void aByteThatChangedIsNoticed() throws IOException {
        write(FIRST, SECOND);
        byte[] whole = Files.readAllBytes(file());
        int firstLine = new String(whole, StandardCharsets.UTF_8).indexOf('\n');
        for (int at = 0; at < firstLine; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            Files.write(file(), changed);

            assertThatThrownBy(() -> journal().read(RUN)).as("byte %s", at).isInstanceOf(JournalException.class);
        }
    }

    /** A disk that has room for so many bytes at each write. */
    private record FullDisk(Deque<Integer> spaces) implements JournalFile.Writing {
        @Override
        public void write(OutputStream file, byte[] bytes) throws IOException {
            Integer next = spaces.poll();
            if (next != null && next < bytes.length) {
                PLAIN.write(file, Arrays.copyOf(bytes, next));
                throw new IOException("planted: No space left on device");
            }
            PLAIN.write(file, bytes);
        }
    }
}
