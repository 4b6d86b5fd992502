// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandTest {

    @Test
    void exitCodeAndBothOutputsAreKept() {
        Command.Outcome outcome =
                Command.run(Duration.ofSeconds(10), List.of("sh", "-c", "echo out; echo err >&2; exit 3"));

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.lastWords()).isEqualTo("out | err");
    }

    @Test
    void aProgramThatDoesNotEndIsKilledAndFails() {
        Command.Outcome outcome = Command.run(Duration.ofMillis(200), List.of("sh", "-c", "sleep 60; echo done"));

        assertThat(outcome.succeeded()).isFalse();
        assertThat(outcome.output()).contains("no end within").doesNotContain("done");
    }

    @Test
    void programsAreLookedForOnTheSearchPath() {
        assertThat(Command.exists("sh")).isTrue();
        assertThat(Command.exists("no-such-program-anywhere")).isFalse();
    }
}
