// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.CancelledException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThrottleWatchTest {
    private final AtomicLong clock = new AtomicLong();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final AtomicReference<Optional<String>> reason = new AtomicReference<>(Optional.empty());
    private final CopyFailure failure = new CopyFailure();
    private final Gate gate = new Gate(new Seats(2, 2), new Cancellation(), System::nanoTime);
    private final Copies.Heard telling = new Copies.Heard() {
        @Override
        public void paused(String why) {
            told.add(why);
        }

        @Override
        public void wentOn(Duration paused) {
            told.add("on");
        }
    };
    private final ThrottleWatch watch = new ThrottleWatch(reason::get, gate, failure, telling, clock::get);

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
                failure,
                new Copies.Heard() {
                    @Override
                    public void paused(String why) {
                        told.add(why);
                    }
                },
                clock::get)) {
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
    void whoDoesNotAnswerHasTheCopyWaitUntilThereIsAnAnswer() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
        try (ThrottleWatch silent = new ThrottleWatch(
                () -> {
                    asked.countDown();
                    return answer.join();
                },
                gate,
                failure,
                telling,
                clock::get)) {
            CompletableFuture<Void> start = CompletableFuture.runAsync(() -> silent.start(new Cancellation()));
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            silent.pauseInSilence();
            assertThat(gate.isPaused()).as("there is still time to answer").isFalse();

            clock.addAndGet(ThrottleWatch.PATIENCE.toNanos());

            start.get(10, TimeUnit.SECONDS);
            assertThat(gate.isPaused()).isTrue();
            await().untilAsserted(
                            () -> assertThat(told).containsExactly("the throttle has not answered for 10 seconds"));
            answer.complete(Optional.empty());
            await().atMost(Duration.ofSeconds(10)).until(() -> told.contains("on"));
            assertThat(gate.isPaused()).isFalse();
        }
    }

    @Test
    void whoAnswersSlowlyDoesNotHaltTheCopyForEver() {
        AtomicReference<ThrottleWatch> slow = new AtomicReference<>();
        try (ThrottleWatch watching = new ThrottleWatch(
                () -> {
                    clock.addAndGet(ThrottleWatch.PATIENCE.toNanos());
                    slow.get().pauseInSilence();
                    return reason.get();
                },
                gate,
                failure,
                telling,
                clock::get)) {
            slow.set(watching);

            watching.look();
            assertThat(told).containsExactly("the throttle has not answered for 10 seconds", "on");

            reason.set(Optional.of("load"));
            watching.look();
            assertThat(gate.isPaused()).isTrue();
            assertThat(told).endsWith("the throttle has not answered for 10 seconds", "load");
        }
    }

    @Test
    void aDefectEndsTheCopyInsteadOfThePause() {
        Copies.Heard failing = new Copies.Heard() {
            @Override
            public void paused(String why) {
                throw new IllegalStateException("defect");
            }
        };
        look("load");
        try (ThrottleWatch broken = new ThrottleWatch(reason::get, gate, failure, failing, clock::get)) {
            gate.goOn();
            broken.start(new Cancellation());

            await().atMost(Duration.ofSeconds(10))
                    .until(() -> failure.cancellation().isCancelled());
            assertThatIllegalStateException().isThrownBy(failure::rethrow).withMessage("defect");
        }
    }

    @Test
    void whoCancelsNeedNotWaitForAnAnswer() {
        CompletableFuture<Optional<String>> never = new CompletableFuture<>();
        Cancellation cancellation = new Cancellation();
        try (ThrottleWatch silent = new ThrottleWatch(never::join, gate, failure, telling, clock::get)) {
            cancellation.cancel();

            assertThatExceptionOfType(CancelledException.class).isThrownBy(() -> silent.start(cancellation));
        } finally {
            never.complete(Optional.empty());
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
