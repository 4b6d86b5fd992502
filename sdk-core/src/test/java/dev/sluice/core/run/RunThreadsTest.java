// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that runs share. */
@Timeout(30)
class RunThreadsTest {
    @Test
    void leasesThatAJournalHoldsUpHoldUpNoDeadline() throws InterruptedException {
        RunThreads threads = new RunThreads(null);
        CountDownLatch answers = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(4);
        List<Future<?>> renewals = new ArrayList<>();
        for (int run = 0; run < 50; run++) {
            renewals.add(threads.renewEvery(Duration.ofMillis(1), () -> {
                begun.countDown();
                awaitQuietly(answers);
            }));
        }
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

        CountDownLatch deadline = new CountDownLatch(1);
        Future<?> alarm = threads.after(Duration.ofMillis(10), deadline::countDown);

        assertThat(deadline.await(10, TimeUnit.SECONDS)).isTrue();
        alarm.cancel(false);
        renewals.forEach(renewal -> renewal.cancel(false));
        answers.countDown();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
