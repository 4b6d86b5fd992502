// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {

    @Test
    void whatIsLeftOfADeadJvmIsSweptAwayAtTheNextStart(@TempDir Path home) throws Exception {
        Path folder = Files.createDirectory(home.resolve("s123"));
        Process server =
                new ProcessBuilder("sh", "-c", "while :; do sleep 1; done", "server", folder.toString()).start();
        Files.writeString(folder.resolve("mysqld.pid"), server.pid() + "\n");
        new Owner(Long.MAX_VALUE / 2, Instant.EPOCH).write(folder.resolve("owner"));

        Leftovers.sweep(home);

        assertThat(server.isAlive()).isFalse();
        assertThat(folder).doesNotExist();
    }

    @Test
    void aProcessThatOnlyHasTheNumberOfADeadServerIsLeftAlone(@TempDir Path home) throws Exception {
        Path folder = Files.createDirectory(home.resolve("s123"));
        Process stranger = new ProcessBuilder("sleep", "60").start();
        Files.writeString(folder.resolve("mysqld.pid"), stranger.pid() + "\n");
        new Owner(Long.MAX_VALUE / 2, Instant.EPOCH).write(folder.resolve("owner"));

        Leftovers.sweep(home);

        assertThat(stranger.isAlive()).isTrue();
        assertThat(folder).doesNotExist();
        stranger.destroyForcibly();
    }

    @Test
    void theFoldersOfALivingJvmAreLeftAlone(@TempDir Path home) throws IOException {
        Path folder = Files.createDirectory(home.resolve("s123"));
        Owner.ofThisJvm().write(folder.resolve("owner"));

        Leftovers.sweep(home);

        assertThat(folder).exists();
    }
}
