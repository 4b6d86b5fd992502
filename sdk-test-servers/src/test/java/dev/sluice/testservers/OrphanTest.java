// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphanTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    /** What the child JVM runs: it starts a server, says so, and waits to be killed. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws IOException {
            MySqlServer server = MySqlServer.start(MySqlRelease.MYSQL_8_0_31);
            System.out.println("started " + server.port());
            assertThat(System.in.read()).isNegative();
        }
    }

    @Test
    void theServersOfAKilledJvmDieWithIt(@TempDir Path temp) throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dsluice.testservers.temp=" + temp,
                        Child.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = child.inputReader()) {
            assertThat(output.readLine()).startsWith("started ");
            Path folder = onlyFolder(temp);
            ProcessHandle server = processOf(folder);
            assertThat(server.isAlive()).isTrue();

            child.destroyForcibly();

            await().atMost(SOON).until(() -> !server.isAlive() && Files.notExists(folder));
        } finally {
            child.destroyForcibly();
        }
    }

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

    private static Path onlyFolder(Path temp) throws IOException {
        try (Stream<Path> folders = Files.walk(temp, 2)) {
            List<Path> found = folders.filter(folder -> Files.exists(folder.resolve("owner")))
                    .toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }

    private static ProcessHandle processOf(Path folder) throws IOException {
        long id = Long.parseLong(Files.readString(folder.resolve("mysqld.pid")).strip());
        return ProcessHandle.of(id).orElseThrow();
    }
}
