// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnsweringThrottleTest {
    private final List<RuntimeException> told = new ArrayList<>();
    private boolean fails;
    private final AnsweringThrottle throttle = new AnsweringThrottle(this::answer, told::add);

    private Optional<String> answer() {
        if (fails) {
            throw new IllegalStateException("password=hunter2");
        }
        return Optional.of("the shop is busy");
    }

    @Test
    void whatIsAskedAnswersForItself() {
        assertThat(throttle.reasonToPause()).contains("the shop is busy");
        assertThat(told).isEmpty();
    }

    @Test
    void aFailureIsAReasonEachTimeAndToldOnceUntilThereIsAnAnswer() {
        fails = true;

        for (int i = 0; i < 3; i++) {
            assertThat(throttle.reasonToPause()).contains("the throttle failed with java.lang.IllegalStateException");
        }
        assertThat(told).hasSize(1);

        fails = false;
        throttle.reasonToPause();
        fails = true;
        throttle.reasonToPause();
        assertThat(told).hasSize(2);
    }
}
