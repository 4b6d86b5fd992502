// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.core.mysql.Cancellation;
import java.time.Duration;

/** The time in which writers are held back. Thread-safe. */
public final class LockWindow {
    private final Cancellation cancellation;
    private final long end;

    LockWindow(Cancellation cancellation, long endNanos) {
        this.cancellation = cancellation;
        this.end = endNanos;
    }

    /** What is left of it, never negative. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /**
     * Goes on if there is time left.
     *
     * @throws StepUnavailableException if the lock has to be given back now
     * @throws dev.sluice.core.mysql.CancelledException if somebody cancelled
     */
    public void check() {
        cancellation.check();
        if (remaining().isZero()) {
            throw new StepUnavailableException(
                    Problem.of(SnapshotErrorCode.NOT_OPENED, "The snapshot was not open when the window ended"));
        }
    }

    /**
     * Waits, at most to the end of the window.
     *
     * @throws dev.sluice.core.mysql.CancelledException if somebody cancelled or the thread was interrupted
     */
    public void pause(Duration time) {
        Duration left = remaining();
        if (!cancellation.sleep(time.compareTo(left) < 0 ? time : left)) {
            cancellation.check();
        }
    }
}
