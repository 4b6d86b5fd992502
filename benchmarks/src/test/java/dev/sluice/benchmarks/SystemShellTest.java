// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SystemShellTest {
    private final Shell shell = new SystemShell();

    @Test
    void programsOfThePathAreFound() {
        assertThat(shell.has("sh")).isTrue();
        assertThat(shell.has("no-such-program")).isFalse();
    }

    @Test
    void failureIsToldWithWhatWasSaid() {
        Shell.Ended ended = shell.run(List.of("sh", "-c", "echo no; echo never >&2; exit 3"), Duration.ofSeconds(20));

        assertThat(ended).isEqualTo(new Shell.Ended(3, "no\nnever"));
    }

    @Test
    @Timeout(20)
    void questionIsAnsweredWithNothing() {
        assertThat(shell.run(List.of("cat"), Duration.ofSeconds(20)).well()).isTrue();
    }

    @Test
    @Timeout(20)
    void nobodyIsWaitedForLongerThanAllowed() {
        Shell.Ended ended = shell.run(List.of("sleep", "60"), Duration.ofMillis(100));

        assertThat(ended.well()).isFalse();
        assertThat(ended.said()).contains("longer than");
    }
}
