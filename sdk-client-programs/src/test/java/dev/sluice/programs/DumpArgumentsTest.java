// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.facts.ServerVersion;
import dev.sluice.core.dump.DumpContent;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DumpArgumentsTest {
    @Test
    void theOptionFileComesFirstAndDatabasesLast() {
        assertThat(DumpArguments.dump("f", List.of("-a", "b"), DumpContent.Code.IN_DUMP, false))
                .startsWith("--defaults-file=f", "--single-transaction", "--set-gtid-purged=OFF", "--no-tablespaces")
                .contains("--routines", "--triggers", "--hex-blob", "--skip-lock-tables")
                .contains("--default-character-set=utf8mb4", "--max-allowed-packet=1G")
                .doesNotContain("--events", "--column-statistics=0", "--source-data", "--master-data")
                .endsWith("--databases", "--", "-a", "b");
    }

    @Test
    void statisticsAreSwitchedOffWhereTheProgramKnowsThem() {
        assertThat(DumpArguments.dump("f", List.of("b"), DumpContent.Code.IN_DUMP, true))
                .contains("--column-statistics=0");
    }

    @Test
    void routinesOf57DoNotTravelInADumpFor80() {
        ServerVersion old = ServerVersion.of(5, 7, 22);
        ServerVersion current = ServerVersion.of(8, 0, 33);
        assertThat(DumpContent.Code.between(old, current)).isEqualTo(DumpContent.Code.BY_STATEMENTS);
        assertThat(DumpContent.Code.between(old, old)).isEqualTo(DumpContent.Code.IN_DUMP);
        assertThat(DumpArguments.dump("f", List.of("b"), DumpContent.Code.BY_STATEMENTS, true))
                .contains("--skip-routines", "--skip-triggers")
                .doesNotContain("--routines", "--triggers");
    }

    @Test
    void theLoadObeysNoCommandsAndNeverReconnects() {
        assertThat(DumpArguments.load("f", Load.initCommand(List.of("sql_log_bin = 0", "b = 'c'"))))
                .startsWith("--defaults-file=f")
                .contains("--binary-mode", "--skip-reconnect", "--local-infile=0", "--max-allowed-packet=1G")
                .endsWith("--init-command=SET SESSION sql_log_bin = 0, SESSION b = 'c'");
        assertThat(DumpArguments.load("f", Load.initCommand(List.of())))
                .noneMatch(argument -> argument.startsWith("--init-command"));
    }

    @Test
    void thePreviewShowsBothCommandLinesWithHoles() {
        ClientPrograms programs = ClientPrograms.onPath();
        assertThat(programs.snapshotTemplates()).singleElement().asString().endsWith(" | <counted by this JVM>");
        assertThat(Stream.concat(programs.snapshotTemplates().stream(), programs.loadTemplates().stream()))
                .anyMatch(line -> line.startsWith("mysqldump --defaults-file=<private option file> "))
                .anyMatch(line -> line.startsWith("mysql --defaults-file=<private option file> "))
                .noneMatch(line -> line.contains("password"));
    }
}
