// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.benchmarks.Contender.Role;
import dev.sluice.benchmarks.PeerOptions.Way;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class PeerOptionsTest {
    @Test
    void onlyThoseWhoAreNamedTakePart() throws IOException {
        assertThat(roles(EnumSet.allOf(Way.class), "--only", "limit,sdk"))
                .containsExactly(Role.SDK, Role.LIMIT, Role.LIMIT);
    }

    @Test
    void withoutNamesTheCommandDecides() throws IOException {
        assertThat(roles(EnumSet.of(Way.sdk, Way.mysqldump))).containsExactly(Role.SDK, Role.MYSQLDUMP);
    }

    @Test
    void eachNumberOfThreadsOfMydumperIsAContender() throws IOException {
        assertThat(roles(EnumSet.of(Way.sdk), "--only", "mydumper", "--mydumper-threads", "1,2,3", "--no-install"))
                .containsExactly(Role.MYDUMPER, Role.MYDUMPER, Role.MYDUMPER);
    }

    @Test
    void eachNumberOfTablesAtOnceIsALimit() throws IOException {
        assertThat(roles(EnumSet.of(Way.sdk), "--only", "limit", "--limit-threads", "1,2,8"))
                .containsExactly(Role.LIMIT, Role.LIMIT, Role.LIMIT);
    }

    @Test
    void unknownNameIsRefused() {
        assertThatExceptionOfType(CommandLine.ParameterException.class)
                .isThrownBy(() -> new CommandLine(new PeerOptions()).parseArgs("--only", "sdk,rsync"))
                .withMessageContaining("rsync");
    }

    private static List<Role> roles(Set<Way> otherwise, String... arguments) throws IOException {
        PeerOptions options = new PeerOptions();
        new CommandLine(options).parseArgs(arguments);
        try (ReadyFiles none = ReadyFiles.none()) {
            return options.contenders(otherwise, new RunOptions(), none, System.out).stream()
                    .map(Contender::role)
                    .toList();
        }
    }
}
