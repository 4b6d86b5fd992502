// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PollPaceTest {
    private final PollPace pace = new PollPace(Duration.ofSeconds(2), Duration.ofSeconds(15));

    @Test
    void pausesGrowWithTheWait() {
        assertThat(pace.after(Duration.ZERO)).isEqualTo(Duration.ofSeconds(2));
        assertThat(pace.after(Duration.ofSeconds(20))).isEqualTo(Duration.ofSeconds(5));
        assertThat(pace.after(Duration.ofHours(12))).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void aMinuteTakesFewLooks() {
        int looks = 0;
        for (Duration waited = Duration.ZERO;
                waited.compareTo(Duration.ofMinutes(1)) < 0;
                waited = waited.plus(pace.after(waited))) {
            looks++;
        }
        assertThat(looks).isLessThan(16);
    }

    @Test
    void aClockThatIsSetBackDoesNoHarm() {
        assertThat(pace.after(Duration.ofSeconds(-100))).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void pausesAreThere() {
        assertThatThrownBy(() -> new PollPace(Duration.ZERO, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PollPace(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
