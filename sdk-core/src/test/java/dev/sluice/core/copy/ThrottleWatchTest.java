// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.mysql.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThrottleWatchTest {
    private final List<String> told = new ArrayList<>();
    private final AtomicReference<Optional<String>> reason = new AtomicReference<>(Optional.empty());
    private final Gate gate = new Gate(new Seats(2, 2), new Cancellation(), System::nanoTime);
    private final ThrottleWatch watch = new ThrottleWatch(reason::get, gate, new Copies.Heard() {
        @Override
        public void paused(String why) {
            told.add(why);
        }

        @Override
        public void wentOn(Duration paused) {
            told.add("on");
        }
    });

    @AfterEach
    void close() {
        watch.close();
    }

    private void look(String why) {
        reason.set(Optional.ofNullable(why));
        watch.look();
    }

    @Test
    void withoutAReasonNothingIsTold() {
        look(null);

        assertThat(told).isEmpty();
        assertThat(gate.mayRead(0)).isTrue();
    }

    @Test
    void aReasonStopsReadersAndIsToldOnce() {
        look("load");
        look("load");

        assertThat(told).containsExactly("load");
        assertThat(gate.mayRead(0)).isFalse();
        assertThat(gate.mayWrite(0)).as("what was read is still written").isTrue();
    }

    @Test
    void anotherReasonIsTold() {
        look("load");
        look("lag");

        assertThat(told).containsExactly("load", "lag");
    }

    @Test
    void onlyThreeCalmLooksInARowEndAPause() {
        look("load");
        look(null);
        look(null);
        look("load");
        look(null);
        look(null);
        assertThat(gate.isPaused()).isTrue();
        look(null);

        assertThat(told).containsExactly("load", "on");
        assertThat(gate.mayRead(0)).isTrue();
    }

    @Test
    void aThrottleThatFailsPausesAndItsWordsAreNotTold() {
        try (ThrottleWatch failing = new ThrottleWatch(
                () -> {
                    throw new IllegalStateException("s3cret");
                },
                gate,
                new Copies.Heard() {
                    @Override
                    public void paused(String why) {
                        told.add(why);
                    }
                })) {
            failing.look();

            assertThat(gate.isPaused()).isTrue();
            assertThat(told)
                    .singleElement()
                    .asString()
                    .contains("IllegalStateException")
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void theEndOfTheCopyEndsThePause() {
        look("load");

        watch.close();

        assertThat(told).containsExactly("load", "on");
        look("load");
        assertThat(told).hasSize(2);
    }
}
