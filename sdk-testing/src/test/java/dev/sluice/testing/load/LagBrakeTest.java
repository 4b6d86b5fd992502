// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LagBrakeTest {
    private static final RunId RUN = new RunId("r-1");

    private final AtomicInteger slowedDown = new AtomicInteger();
    private final LagBrake brake = new LagBrake(slowedDown::incrementAndGet);
    private Instant now = Instant.EPOCH;

    @Test
    void aLagThatGrowsOrStaysSlowsDownEveryFiveSeconds() {
        observeEachSecond(10, 11, 12, 13, 14, 15, 15, 15, 15, 15, 15);

        assertThat(slowedDown).hasValue(2);
    }

    @Test
    void aLagThatShrinksHalfAsFastAsTimePassesDoesNot() {
        observeEachSecond(30, 29, 29, 28, 28, 27, 27, 26, 25, 25, 24);

        assertThat(slowedDown).hasValue(0);
    }

    @Test
    void aHarmlessLagDoesNot() {
        observeEachSecond(1, 1, 0, 1, 1, 1, 1, 1, 1, 1);

        assertThat(slowedDown).hasValue(0);
    }

    @Test
    void patienceBeginsAnewWithEachHarmlessLag() {
        observeEachSecond(9, 9, 9, 9, 0, 9, 9, 9, 9, 0);

        assertThat(slowedDown).hasValue(0);
    }

    @Test
    void anUnknownLagSaysNothing() {
        for (int i = 0; i < 10; i++) {
            brake.onEvent(new RunEvent.LagObserved(RUN, now.plusSeconds(i), null, "stopped"));
        }

        assertThat(slowedDown).hasValue(0);
    }

    private void observeEachSecond(int... lags) {
        for (int lag : lags) {
            brake.onEvent(new RunEvent.LagObserved(RUN, now, Duration.ofSeconds(lag), "replicating"));
            now = now.plusSeconds(1);
        }
    }
}
