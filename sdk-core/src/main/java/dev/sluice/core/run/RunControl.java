// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunState;
import dev.sluice.api.run.RunStatus;
import dev.sluice.core.mysql.Cancellation;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Where a run stands, and how others stop it or let it go on. Thread-safe. */
final class RunControl {
    private final Cancellation cancellation;
    private final Cancellation undoing;
    private final AtomicReference<@Nullable StopReason> stopped = new AtomicReference<>();
    private final Set<GuideStep> pauses;
    private final RunLog log;
    private volatile RunStatus status;
    private volatile @Nullable CountDownLatch gate;

    RunControl(Set<GuideStep> pauses, RunLog log) {
        this.pauses = pauses;
        this.log = log;
        this.cancellation = DrivenClock.cancellation(log.clock());
        this.undoing = DrivenClock.cancellation(log.clock());
        this.status = new RunStatus(RunState.RUNNING, null, log.clock().instant());
    }

    Cancellation cancellation() {
        return cancellation;
    }

    /** Ends the undoing after a cancel, which is not waited for when the host closes Sluice: whoever abandons the run goes on with it. */
    Cancellation undoing() {
        return undoing;
    }

    RunStatus status() {
        return status;
    }

    @Nullable
    StopReason stopReason() {
        return stopped.get();
    }

    /** Stops the run; the first reason counts. Of one that was cancelled, what undoes it. */
    void stop(StopReason reason) {
        if (stopped.compareAndSet(null, reason)) {
            if (reason == StopReason.CANCEL) {
                state(RunState.CANCELLING);
            }
            cancellation.cancel();
        } else if (stopped.get() == StopReason.CANCEL
                && (reason == StopReason.CLOSE || reason == StopReason.LEASE_LOST)) {
            undoing.cancel();
        }
    }

    /** Waits, if the plan wants a pause before this step, until somebody lets the run go on. */
    void gate(GuideStep next) {
        cancellation.check();
        if (!pauses.contains(next)) {
            return;
        }
        CountDownLatch closed = new CountDownLatch(1);
        gate = closed;
        state(RunState.PAUSED);
        try (Cancellation.Registration opened = cancellation.onCancel(closed::countDown)) {
            while (!closed.await(1, TimeUnit.HOURS)) {
                // A pause has no deadline but the host's: it asked for it, and close() or cancel() end it.
                log.clock();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stop(StopReason.CLOSE);
        }
        gate = null;
        cancellation.check();
        state(RunState.RUNNING);
    }

    void proceed() {
        CountDownLatch closed = gate;
        if (closed != null) {
            closed.countDown();
        }
    }

    synchronized void at(GuideStep step) {
        status = new RunStatus(status.state(), step, log.clock().instant());
    }

    /** A run that is being cancelled comes to no other state than its last, and one that has ended is not cancelled. */
    synchronized void state(RunState state) {
        RunState before = status.state();
        boolean isLate =
                state == RunState.CANCELLING ? before.isFinal() : before == RunState.CANCELLING && !state.isFinal();
        if (isLate) {
            return;
        }
        status = new RunStatus(state, status.stepOrNull(), log.clock().instant());
        log.event((run, at) -> new RunEvent.StateChanged(run, at, state));
    }
}
