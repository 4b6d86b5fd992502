// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The demo as people start it: its program, in a JVM of its own.
 *
 * @param exit what the program ended with
 * @param said all that it printed
 */
record DemoProcess(int exit, String said) {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    static DemoProcess run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                DemoCommand.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        // Reading cannot be interrupted: a demo that hangs is ended, so that what it printed until then is told.
        process.onExit().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).exceptionally(late -> {
            process.destroy();
            return process;
        });
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new DemoProcess(process.waitFor(), said);
        } finally {
            process.destroy();
        }
    }

    /** It ended well: the last line says so, with the figures. */
    void requireSuccess() {
        assertThat(said.strip().lines().reduce((first, last) -> last))
                .as(said)
                .hasValueSatisfying(last -> assertThat(last).matches("DEMO OK rows=[1-9]\\d* .* mismatches=0"));
        assertThat(exit).isZero();
    }
}
