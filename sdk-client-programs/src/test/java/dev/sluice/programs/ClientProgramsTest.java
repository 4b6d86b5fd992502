// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.core.dump.DumpCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientProgramsTest {
    @TempDir
    private Path folder;

    private Path script(String name, String body) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private void assertRefused(Path dump, ErrorCode code, String words) {
        assertThatThrownBy(() -> ClientPrograms.at(dump, dump).require(ServerVersion.of(5, 7, 0)))
                .isInstanceOfSatisfying(
                        StepRefusedException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(words);
    }

    @Test
    void aMissingProgramIsNamed() {
        assertRefused(folder.resolve("nothing"), DumpCode.PROGRAM_MISSING, "There is no program mysqldump at ");
    }

    @Test
    void programsAreLookedForInTheFolderThatWasGiven() {
        ClientPrograms programs = ClientPrograms.in(folder);

        assertThatThrownBy(() -> programs.require(ServerVersion.of(8, 0, 40)))
                .hasMessageContaining("There is no program mysqldump at " + folder.resolve("mysqldump"))
                .hasMessageContaining("Install MySQL's client programs")
                .hasMessageContaining("clientPrograms(ClientPrograms.in(folder))");
    }

    @Test
    void programsThatAreOlderThanTheSourceAreRefused() throws IOException {
        script("mysqldump", "echo 'mysqldump  Ver 8.0.33 for Linux on x86_64 (MySQL)'");
        script("mysql", "echo 'mysql  Ver 8.0.33 for Linux on x86_64 (MySQL)'");
        ClientPrograms programs = ClientPrograms.in(folder);

        programs.require(ServerVersion.of(8, 0, 40));
        assertThatThrownBy(() -> programs.require(ServerVersion.of(8, 4, 0)))
                .isInstanceOfSatisfying(
                        StepRefusedException.class, e -> assertThat(e.code()).isEqualTo(ProgramCode.PROGRAM_UNUSABLE));
    }

    @Test
    void programsOfMariaDbAreRefusedByName() throws IOException {
        assertRefused(
                script("a", "echo 'mysqldump  Ver 10.19 Distrib 10.11.6-MariaDB, for Linux (x86_64)'"),
                ProgramCode.NOT_MYSQL,
                "10.11.6-MariaDB");
        assertRefused(
                script("b", "echo 'mysqldump from 11.4.5-MariaDB, client 10.19 for Linux (x86_64)'"),
                ProgramCode.NOT_MYSQL,
                "11.4.5-MariaDB");
    }

    @Test
    void aProgramThatFailsOrDoesNotTellItsVersionIsRefused() throws IOException {
        assertRefused(script("a", "echo broken; exit 3"), ProgramCode.PROGRAM_UNUSABLE, "ends with status 3: broken");
        assertRefused(script("b", "echo hello"), ProgramCode.PROGRAM_UNUSABLE, "does not tell its version");
    }

    @Test
    void versionsAreThoseOfTheRelease() {
        Path file = Path.of("mysqldump");
        assertThat(ClientProgram.version("mysqldump", file, "mysqldump  Ver 10.13 Distrib 5.7.22, for Linux (x86_64)"))
                .isEqualTo(ServerVersion.of(5, 7, 22));
        assertThat(ClientProgram.version("mysqldump", file, "/x/mysql  Ver 8.0.33 for Linux on x86_64 (MySQL)"))
                .isEqualTo(ServerVersion.of(8, 0, 33));
    }

    @Test
    void anOlderDumpThanItsSourceIsRefused() {
        ClientProgram old = new ClientProgram("mysqldump", Path.of("m"), ServerVersion.of(5, 7, 44), "");
        assertThatThrownBy(() -> PreparedDump.requireNotOlder(old, ServerVersion.of(8, 0, 11)))
                .hasMessageContaining("5.7.44");
        PreparedDump.requireNotOlder(old, ServerVersion.of(5, 7, 10));
    }
}
