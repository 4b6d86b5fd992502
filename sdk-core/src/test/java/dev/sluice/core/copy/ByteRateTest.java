// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ByteRateTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong clock = new AtomicLong(7 * SECOND);
    private final ByteRate rate = new ByteRate(clock::get);

    private long pay(long bytes) {
        return rate.left(rate.book(bytes));
    }

    @Test
    void withoutALimitNobodyWaits() {
        assertThat(pay(1L << 40)).isZero();
    }

    @Test
    void bytesArePaidForByTimeOneAfterTheOther() {
        rate.limit(1000);

        assertThat(pay(500)).isEqualTo(SECOND / 2);
        assertThat(pay(1000)).isEqualTo(SECOND * 3 / 2);
    }

    @Test
    void aWaitIsOverWhenItsTimeIs() {
        rate.limit(1000);
        ByteRate.Booking booking = rate.book(1000);

        clock.addAndGet(SECOND / 4);
        assertThat(rate.left(booking)).isEqualTo(SECOND * 3 / 4);
        clock.addAndGet(SECOND);
        assertThat(rate.left(booking)).isZero();
    }

    @Test
    void timeWithoutBytesIsNotSavedUp() {
        rate.limit(1000);
        clock.addAndGet(60 * SECOND);

        assertThat(pay(1000)).isEqualTo(SECOND);
    }

    @Test
    void anotherLimitFreesWhoWaitsAndCountsFromThen() {
        rate.limit(1);
        ByteRate.Booking waiting = rate.book(1_000_000);

        rate.limit(1000);

        assertThat(rate.left(waiting)).isZero();
        assertThat(pay(1000)).isEqualTo(SECOND);
    }

    @Test
    void theSameLimitAgainChangesNothing() {
        rate.limit(1000);
        ByteRate.Booking booking = rate.book(1000);

        rate.limit(1000);

        assertThat(rate.left(booking)).isEqualTo(SECOND);
    }
}
