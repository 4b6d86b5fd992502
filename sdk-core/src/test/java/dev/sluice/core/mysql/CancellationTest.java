// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CancellationTest {
    private final Cancellation cancellation = new Cancellation();
    private final List<String> done = new CopyOnWriteArrayList<>();

    @Test
    void checkThrowsOnlyOnceItIsCancelled() {
        assertThatCode(cancellation::check).doesNotThrowAnyException();

        cancellation.cancel();

        assertThat(cancellation.isCancelled()).isTrue();
        assertThatExceptionOfType(CancelledException.class).isThrownBy(cancellation::check);
    }

    @Test
    void actionsRunOnceWhenItIsCancelled() {
        cancellation.onCancel(() -> done.add("first"));
        cancellation.onCancel(() -> done.add("second"));

        cancellation.cancel();
        cancellation.cancel();

        assertThat(done).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void aClosedRegistrationIsForgottenAndOnlyThatOne() {
        Runnable action = () -> done.add("ran");
        Cancellation.Registration one = cancellation.onCancel(action);
        cancellation.onCancel(action);

        one.close();
        cancellation.cancel();

        assertThat(done).containsExactly("ran");
    }

    @Test
    void anActionOfACancelledOneRunsAtOnce() {
        cancellation.cancel();

        cancellation.onCancel(() -> done.add("late"));

        assertThat(done).containsExactly("late");
    }

    @Test
    void anActionThatThrowsKeepsNoOtherFromRunning() {
        cancellation.onCancel(() -> {
            throw new IllegalStateException("broken");
        });
        cancellation.onCancel(() -> done.add("second"));

        assertThatThrownBy(cancellation::cancel)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken");
        assertThat(done).containsExactly("second");
    }

    @Test
    void actionsWaitForNoOtherOnes() {
        CountDownLatch both = new CountDownLatch(2);
        Runnable meet = () -> {
            both.countDown();
            if (!cancellation.isCancelled() || !awaits(both)) {
                throw new IllegalStateException("ran alone");
            }
        };
        cancellation.onCancel(meet);
        cancellation.onCancel(meet);

        assertThatCode(cancellation::cancel).doesNotThrowAnyException();
    }

    private static boolean awaits(CountDownLatch latch) {
        try {
            return latch.await(3, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            return false;
        }
    }

    @Test
    void anActionThatHangsHoldsTheCallerUpForAFewSecondsOnly() {
        CountDownLatch never = new CountDownLatch(1);
        cancellation.onCancel(() -> awaitsLonger(never));
        cancellation.onCancel(() -> done.add("other"));

        cancellation.cancel();

        assertThat(done).containsExactly("other");
        never.countDown();
    }

    private static void awaitsLonger(CountDownLatch latch) {
        for (int i = 0; i < 20 && latch.getCount() > 0; i++) {
            awaits(latch);
        }
    }

    @Test
    void sleepTellsWhetherTheTimePassed() {
        assertThat(cancellation.sleep(Duration.ofMillis(1))).isTrue();

        cancellation.cancel();

        assertThat(cancellation.sleep(Duration.ofHours(1))).isFalse();
    }

    @Test
    void cancellingEndsASleepAtOnce() {
        AtomicReference<Boolean> slept = new AtomicReference<>();
        Thread sleeper = new Thread(() -> slept.set(cancellation.sleep(Duration.ofHours(1))));
        sleeper.start();
        await().until(() -> sleeper.getState() == Thread.State.TIMED_WAITING);

        cancellation.cancel();

        await().untilAsserted(() -> assertThat(slept).hasValue(false));
    }

    @Test
    void anInterruptedSleepEndsAndTheThreadStaysInterrupted() {
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread sleeper = new Thread(() -> {
            try {
                cancellation.sleep(Duration.ofHours(1));
            } catch (CancelledException expected) {
                interrupted.set(Thread.currentThread().isInterrupted());
            }
        });
        sleeper.start();

        sleeper.interrupt();

        await().untilTrue(interrupted);
    }
}
