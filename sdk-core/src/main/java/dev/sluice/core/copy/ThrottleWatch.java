// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.mysql.CancelledException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks once a second whether the copy may go on, on a thread of its own, and closes or opens the gate. */
final class ThrottleWatch implements AutoCloseable {
    /** So many looks without a reason end a pause: what is just below its limit would end and begin it all the time. */
    static final int CALM_LOOKS = 3;

    private static final Duration FIRST_ANSWER = Duration.ofSeconds(5);
    private static final Logger log = LoggerFactory.getLogger(ThrottleWatch.class);

    private final CopyThrottle throttle;
    private final Gate gate;
    private final CopyListener listener;
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, CopyThreads.named("sluice-copy-throttle"));
    private @Nullable String told;
    private long pausedSince;
    private int calm;
    private boolean isClosed;

    ThrottleWatch(CopyThrottle throttle, Gate gate, CopyListener listener) {
        this.throttle = new AnsweringThrottle(throttle);
        this.gate = gate;
        this.listener = listener;
    }

    /** Returns when the first answer is there, so that nothing is read that must not be, unless it is long in coming. */
    void start() {
        Future<?> first = timer.submit(this::look);
        // Its failures are reasons to pause; the timer ends with the watch.
        var unused = timer.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
        try {
            first.get(FIRST_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException later) {
            log.warn("Nobody has said within {} whether the copy may go on: it begins.", FIRST_ANSWER);
        } catch (ExecutionException defect) {
            throw new IllegalStateException("A look at reasons to pause failed", defect.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        }
    }

    void look() {
        Optional<String> reason = throttle.reasonToPause();
        synchronized (this) {
            if (!isClosed) {
                reason.ifPresentOrElse(this::pause, this::calm);
            }
        }
    }

    private void pause(String reason) {
        calm = 0;
        gate.pause();
        if (told == null) {
            pausedSince = System.nanoTime();
        }
        if (!reason.equals(told)) {
            told = reason;
            listener.paused(reason);
        }
    }

    private void calm() {
        if (told != null && ++calm >= CALM_LOOKS) {
            goOn();
        }
    }

    private void goOn() {
        told = null;
        gate.goOn();
        listener.wentOn(Duration.ofNanos(System.nanoTime() - pausedSince));
    }

    /** Interrupts a look that goes on, and does not wait for it. A pause is over with it. */
    @Override
    public void close() {
        timer.shutdownNow();
        synchronized (this) {
            isClosed = true;
            if (told != null) {
                goOn();
            }
        }
    }
}
