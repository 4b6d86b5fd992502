// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.error.StepUnavailableException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In a JVM of its own: in this one, other tests may have used the driver before. */
@Timeout(60)
class DriverThreadTest {
    @Test
    void usingTheDriverLeavesNoThreadBehind() throws Exception {
        Process child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName()))
                .redirectErrorStream(true)
                .start();
        String printed = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(printed)
                .contains("CORE-703")
                .contains("main")
                .contains("switch=null")
                .doesNotContain("mysql-cj");
    }

    /** Tries to connect and tells which threads there are afterwards. */
    static final class Child {
        public static void main(String[] arguments) {
            MySqlConnector connector = MySqlConnector.builder()
                    .address(new ServerAddress("127.0.0.1", 1))
                    .user("u")
                    .password(() -> "")
                    .build();
            try {
                connector.open(SessionUse.CONTROL);
            } catch (StepUnavailableException expected) {
                System.out.println(expected.code().id());
            }
            System.out.println("switch=" + System.getProperty("com.mysql.cj.disableAbandonedConnectionCleanup"));
            System.out.println(Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .collect(Collectors.joining("\n")));
        }
    }
}
