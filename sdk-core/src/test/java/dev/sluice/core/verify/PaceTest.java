// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.CancelledException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PaceTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final Cancellation cancellation = new Cancellation();

    private Pace pace(int pausesFor, Duration limit) {
        return new Pace(
                () -> asked.incrementAndGet() <= pausesFor ? Optional.of("too much to do") : Optional.empty(),
                new Deadline(limit),
                cancellation);
    }

    @Test
    void withoutAReasonNobodyWaitsAndIsNotAskedForEachPart() {
        Pace pace = pace(0, Duration.ofMinutes(1));

        for (int i = 0; i < 1_000; i++) {
            pace.await();
        }

        assertThat(asked).hasValueLessThan(5);
    }

    @Test
    void waitsAsLongAsThereIsAReason() {
        long begin = System.nanoTime();

        pace(2, Duration.ofMinutes(1)).await();

        assertThat(asked).hasValue(3);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(1_900));
    }

    @Test
    void theDeadlineEndsThePause() {
        pace(Integer.MAX_VALUE, Duration.ofMillis(100)).await();

        assertThat(asked).hasPositiveValue();
    }

    @Test
    void cancellingEndsThePause() {
        cancellation.cancel();

        assertThatThrownBy(() -> pace(Integer.MAX_VALUE, Duration.ofMinutes(1)).await())
                .isInstanceOf(CancelledException.class);
    }
}
