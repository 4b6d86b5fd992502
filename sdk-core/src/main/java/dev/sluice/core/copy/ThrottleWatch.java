// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.CancelledException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Asks once a second whether the copy may go on, on a thread of its own, and closes or opens the gate. */
final class ThrottleWatch implements AutoCloseable {
    /** So many looks without a reason end a pause: what is just below its limit would end and begin it all the time. */
    static final int CALM_LOOKS = 3;

    /** Who says nothing for so long has the copy wait. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String SILENT = "the throttle has not answered for " + PATIENCE.toSeconds() + " seconds";
    private static final Duration POLL = Duration.ofMillis(100);

    private final CopyThrottle throttle;
    private final Gate gate;
    private final CopyFailure failure;
    private final CopyListener listener;
    private final LongSupplier nanoTime;
    /** The throttle's own, as it was promised, and one that sees how long it takes. */
    private final ScheduledThreadPoolExecutor looks = timer();

    private final ScheduledThreadPoolExecutor silence = timer();
    /** When the look that goes on began. */
    private @Nullable Long lookBegan;

    private final CountDownLatch answered = new CountDownLatch(1);

    private @Nullable String told;
    private long pausedSince;
    private int calm;
    private boolean isClosed;

    ThrottleWatch(CopyThrottle throttle, Gate gate, CopyFailure failure, CopyListener listener, LongSupplier nanoTime) {
        this.throttle = new AnsweringThrottle(throttle);
        this.failure = failure;
        this.gate = gate;
        this.listener = listener;
        this.nanoTime = nanoTime;
    }

    private static ScheduledThreadPoolExecutor timer() {
        return new ScheduledThreadPoolExecutor(1, CopyThreads.named("sluice-copy-throttle"));
    }

    /**
     * Returns when the first answer is there, or when the copy pauses since there is none, so that nothing is read that must not be.
     *
     * @throws CancelledException if somebody cancels before
     */
    void start(Cancellation cancellation) {
        eachSecond(looks, this::look, 0);
        eachSecond(silence, this::pauseInSilence, 1);
        while (!gate.isPaused() && !failure.cancellation().isCancelled() && !isAnswered()) {
            cancellation.check();
        }
    }

    /** Failures of the throttle are reasons to pause. Others are defects, and nobody would look any more. */
    private void eachSecond(ScheduledThreadPoolExecutor timer, Runnable work, int firstAfter) {
        var unused = timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException | Error defect) {
                        failure.report(defect);
                        throw defect;
                    }
                },
                firstAfter,
                1,
                TimeUnit.SECONDS);
    }

    private boolean isAnswered() {
        try {
            return answered.await(POLL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        }
    }

    void look() {
        lookBegins();
        lookEnds(throttle.reasonToPause());
        answered.countDown();
    }

    private synchronized void lookBegins() {
        lookBegan = nanoTime.getAsLong();
    }

    private synchronized void lookEnds(Optional<String> reason) {
        lookBegan = null;
        hear(reason);
    }

    /** Where there is a reason already, that one stays. */
    synchronized void pauseInSilence() {
        Long began = lookBegan;
        if (told == null && began != null && nanoTime.getAsLong() - began >= PATIENCE.toNanos()) {
            hear(Optional.of(SILENT));
        }
    }

    private void hear(Optional<String> reason) {
        if (!isClosed) {
            reason.ifPresentOrElse(this::pause, this::calm);
        }
    }

    private void pause(String reason) {
        calm = 0;
        gate.pause();
        if (told == null) {
            pausedSince = nanoTime.getAsLong();
        }
        if (!reason.equals(told)) {
            told = reason;
            listener.paused(reason);
        }
    }

    private void calm() {
        if (SILENT.equals(told) || (told != null && ++calm >= CALM_LOOKS)) {
            goOn();
        }
    }

    private void goOn() {
        told = null;
        gate.goOn();
        listener.wentOn(Duration.ofNanos(nanoTime.getAsLong() - pausedSince));
    }

    /** Interrupts a look that goes on, and does not wait for it. A pause is over with it. */
    @Override
    public void close() {
        try {
            end();
        } finally {
            looks.shutdownNow();
            silence.shutdownNow();
        }
    }

    private synchronized void end() {
        isClosed = true;
        if (told != null) {
            goOn();
        }
    }
}
