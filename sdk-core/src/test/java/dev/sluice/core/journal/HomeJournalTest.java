// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sluice.api.error.JournalException;
import dev.sluice.api.run.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal of who names none. */
class HomeJournalTest {
    private static final RunId RUN = new RunId("r-1");
    private static final JournalRecord ENTRY = new JournalRecord.StepOpened(Instant.EPOCH, "fake/first@1");

    @TempDir
    Path home;

    private Path folder() {
        return home.resolve(".sluice").resolve("journal");
    }

    @Test
    void nothingIsMadeBeforeARunIsTaken() {
        Journal journal = new HomeJournal(home);

        assertThat(journal.runs()).isEmpty();
        assertThat(journal.read(RUN)).isEmpty();
        assertThat(journal.first(RUN)).isEmpty();
        assertThat(journal.isTaken(RUN)).isFalse();
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void theNextProcessFindsWhatTheFirstHasWritten() throws IOException {
        try (JournalWriter writer = new HomeJournal(home).take(RUN)) {
            writer.append(ENTRY);
        }

        Journal next = new HomeJournal(home);
        assertThat(next.runs()).containsExactly(RUN);
        assertThat(next.read(RUN)).containsExactly(ENTRY);
        assertThat(next.first(RUN)).contains(ENTRY);
        assertThat(FileJournal.in(folder()).runs()).containsExactly(RUN);
        assumeThat(home.getFileSystem().supportedFileAttributeViews()).contains("posix");
        for (Path folder : new Path[] {folder(), folder().getParent()}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void whoHasNoHomeIsToldWhatToDo() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "");
        for (Path none : new Path[] {home.resolve("nowhere"), Path.of("?"), Path.of(""), file}) {
            Journal journal = new HomeJournal(none);

            assertThat(journal.runs()).isEmpty();
            assertThatThrownBy(() -> journal.take(RUN))
                    .as("%s", none)
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("CORE-870")
                    .hasMessageContaining(none.toString());
        }
        assertThat(home.resolve("nowhere")).doesNotExist();
    }

    @Test
    void aFolderThatCannotBeUsedIsToldAsTheDefaultWhichItIs() throws IOException {
        Files.writeString(home.resolve(".sluice"), "a file");

        assertThatThrownBy(() -> new HomeJournal(home).take(RUN)).hasMessageContaining("CORE-870");
    }
}
