// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whether two sessions are on one server that was not restarted in between. */
class ServerLifeTest {
    private static final Duration QUICK = Duration.ofMillis(3);

    private static ServerLife life(String uuid, long uptime, long clock, Duration asking) {
        return ServerLife.of(uuid, uptime, clock, asking);
    }

    @Test
    void aServerThatRunsOnIsTheSame() {
        ServerLife before = life("A", 100, 1000, QUICK);

        assertThat(before.isSameAs(life("a", 700, 1600, QUICK))).isTrue();
        // A second passed between the two answers.
        assertThat(before.isSameAs(life("A", 700, 1601, QUICK))).isTrue();
        assertThat(life("A", 700, 1601, QUICK).isSameAs(before)).isTrue();
        // A slow line.
        assertThat(before.isSameAs(life("A", 700, 1608, Duration.ofSeconds(8)))).isTrue();
    }

    @Test
    void anotherServerIsAnotherOne() {
        assertThat(life("A", 100, 1000, QUICK).isSameAs(life("B", 100, 1000, QUICK)))
                .isFalse();
    }

    @Test
    void afterARestartItIsAnotherOneHoweverShortItWas() {
        ServerLife before = life("A", 3, 1000, QUICK);

        assertThat(before.isSameAs(life("A", 0, 1001, QUICK))).isFalse();
        assertThat(before.isSameAs(life("A", 60, 1065, QUICK))).isFalse();
        assertThat(life("A", 0, 1001, QUICK).isSameAs(before)).isFalse();
    }
}
