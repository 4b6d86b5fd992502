// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphanIT {
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
