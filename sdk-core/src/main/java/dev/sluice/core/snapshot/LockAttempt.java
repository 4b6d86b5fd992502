// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.LockKind;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.CancelledException;
import dev.sluice.core.mysql.ServerErrorCode;
import dev.sluice.core.mysql.SqlFailures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One try: asks for the lock, reads the coordinates and has the snapshots opened under it, and frees the source. */
final class LockAttempt {
    /** A shorter one would not be seen in whole seconds anyway. */
    private static final Duration NAMED_FROM = Duration.ofSeconds(1);

    private static final Duration DISCARD = Duration.ofSeconds(2);
    private static final int NO_SUCH_TABLE = 1146;

    private final SnapshotTools tools;
    private final Cancellation cancellation;
    private final LockKind kind;
    private final int attempt;
    private final Preparation prepared;
    private final LockLimits limits;

    LockAttempt(SnapshotTools tools, Cancellation cancellation, LockKind kind, int attempt, Preparation prepared) {
        this.tools = tools;
        this.cancellation = cancellation;
        this.kind = kind;
        this.attempt = attempt;
        this.prepared = prepared;
        this.limits = LockLimits.ofAttempt(attempt, tools.request().window());
    }

    /**
     * Tries. Whatever happens, the source is free when this returns or throws.
     *
     * @throws StepException if no further try can help
     * @throws CancelledException if somebody cancelled
     */
    AttemptResult run() {
        tools.watchdog().ready();
        try (LockSession lock = LockSession.open(tools.source(), limits, tools.watchdog(), tools.lookOut())) {
            // Also what the user may not read shows now, not under the lock.
            tools.coordinates(lock.session(), kind);
            Optional<Problem> xa = PreparedTransactions.look(lock.session());
            if (xa.isPresent()) {
                return AttemptResult.SetBack.of(xa.get(), null);
            }
            // The last look comes as late as it can.
            List<Blocker> inTheWay = tools.lookOut().inTheWay(kind, prepared.toLock(), tools.longFrom());
            if (!inTheWay.isEmpty()) {
                return AttemptResult.SetBack.of(SnapshotErrorCode.IN_THE_WAY, inTheWay(inTheWay), null);
            }
            return watched(lock);
        }
    }

    private String inTheWay(List<Blocker> blockers) {
        return kind + " on " + tools.source() + " would have to wait for " + Blocker.names(blockers);
    }

    private AttemptResult watched(LockSession lock) {
        tools.listener().trying(kind, attempt);
        try (Watchdog.Watch watch = tools.watchdog().watch(lock.session(), kind, limits)) {
            try (Cancellation.Registration ignored = cancellation.onCancel(watch::fire)) {
                AttemptResult result = locked(lock, watch);
                cancellation.check();
                return result instanceof AttemptResult.SetBack setBack ? setBack.after(heldUp(lock, watch)) : result;
            } catch (StepException failure) {
                // A lock that ended because of the cancellation is no failure.
                cancellation.check();
                throw failure;
            }
        }
    }

    private static Duration heldUp(LockSession lock, Watchdog.Watch watch) {
        lock.close();
        return watch.elapsed();
    }

    private AttemptResult locked(LockSession lock, Watchdog.Watch watch) {
        try {
            acquire(lock);
        } catch (StepException failure) {
            return notGranted(lock, failure);
        }
        watch.acquired();
        return holding(lock, watch);
    }

    private void acquire(LockSession lock) {
        if (kind == LockKind.GLOBAL_READ_LOCK) {
            lock.lock(SnapshotStatements.GLOBAL_READ_LOCK);
        } else if (!prepared.toLock().isEmpty()) {
            lock.lock(SnapshotStatements.lockTables(prepared.toLock()));
        }
    }

    private AttemptResult notGranted(LockSession lock, StepException failure) {
        if (failure.code() == ServerErrorCode.PRIVILEGE_MISSING || failure.code() == ServerErrorCode.READ_ONLY) {
            lock.denied();
            return new AttemptResult.Denied(failure.problems().get(0), failure);
        }
        if (SqlFailures.serverError(failure)
                .filter(e -> e.number() == NO_SUCH_TABLE)
                .isPresent()) {
            return AttemptResult.SetBack.of(
                    SnapshotErrorCode.DEFINITIONS_CHANGED, "A table was dropped before it could be locked", failure);
        }
        if (failure instanceof StepRefusedException) {
            throw failure;
        }
        // First of all the source goes free; names can be found after that.
        lock.close();
        List<Blocker> suspects = tools.lookOut().suspects(kind, prepared.toLock(), NAMED_FROM);
        return AttemptResult.SetBack.of(
                SnapshotErrorCode.IN_THE_WAY,
                kind + " on " + tools.source() + " was not granted within "
                        + limits.acquire().toMillis() + " ms; in the way: " + Blocker.names(suspects),
                failure);
    }

    private AttemptResult holding(LockSession lock, Watchdog.Watch watch) {
        LockWindow window = new LockWindow(cancellation, watch.end());
        Future<?> opening = tools.threads().submit(() -> tools.opener().open(window));
        boolean taken = false;
        try {
            Optional<Problem> xa = PreparedTransactions.look(lock.session());
            if (xa.isPresent()) {
                return AttemptResult.SetBack.of(xa.get(), null);
            }
            Coordinates coordinates = tools.coordinates(lock.session(), kind);
            awaitOpen(opening, lock, window);
            lock.unlock();
            Duration held = watch.elapsed();
            taken = true;
            return new AttemptResult.Taken(new SnapshotMoment(coordinates, kind, held, attempt));
        } catch (StepRefusedException noUse) {
            throw noUse;
        } catch (StepException lost) {
            return notOpened(lost, watch);
        } finally {
            if (!taken) {
                lock.close();
                discard(opening);
            }
        }
    }

    private AttemptResult notOpened(StepException cause, Watchdog.Watch watch) {
        String reason =
                watch.fired() ? "the window of " + limits.window().toMillis() + " ms was over" : cause.getMessage();
        return AttemptResult.SetBack.of(
                SnapshotErrorCode.NOT_OPENED, "The snapshots on " + tools.source() + " did not open: " + reason, cause);
    }

    /** Keeps the locking session alive meanwhile. */
    private static void awaitOpen(Future<?> opening, LockSession lock, LockWindow window) {
        while (true) {
            try {
                opening.get(LockLimits.PING.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException notYet) {
                window.check();
                lock.ping();
            } catch (ExecutionException failure) {
                throw rethrown(failure);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new CancelledException();
            }
        }
    }

    private static RuntimeException rethrown(ExecutionException failure) {
        if (failure.getCause() instanceof RuntimeException cause) {
            return cause;
        }
        if (failure.getCause() instanceof Error error) {
            throw error;
        }
        return new IllegalStateException("An opener threw a checked exception", failure.getCause());
    }

    /** Ends what still opens, so that nothing is left behind and nothing runs beside the next try. */
    private void discard(Future<?> opening) {
        opening.cancel(true);
        tools.awaitIdle(DISCARD);
        tools.opener().discard();
    }
}
