// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class ShortUsageTest {
    @Command(name = "demo")
    private static final class Program implements Runnable {
        @Option(names = "--replica-version")
        private String version = "8.0";

        @Override
        public void run() {
            throw new AssertionError("It was not understood, and is run all the same, for " + version);
        }
    }

    @Test
    void whatWasNotUnderstoodIsTheLastThingSaidButForWhereToLook() {
        StringWriter said = new StringWriter();

        int exit = new CommandLine(new Program())
                .setParameterExceptionHandler(new ShortUsage())
                .setErr(new PrintWriter(said, true))
                .execute("--replica-versio=9");

        assertThat(exit).isEqualTo(2);
        assertThat(said.toString().lines())
                .containsExactly(
                        "Unknown option: '--replica-versio=9'",
                        "Possible solutions: --replica-version",
                        "See ./demo --help");
    }
}
