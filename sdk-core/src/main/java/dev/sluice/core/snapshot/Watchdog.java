// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.api.error.StepException;
import dev.sluice.api.operation.LockKind;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.SessionUse;
import dev.sluice.core.mysql.SqlFailures;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a locking session that takes too long, over a connection that was open before the lock was asked for: under a lock a
 * server may have no connection to spare. Thread-safe.
 */
final class Watchdog implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final int UNKNOWN_THREAD = 1094;

    private final MySqlConnector source;
    private final ScheduledThreadPoolExecutor timer;

    /** Guarded by this. */
    private MySqlSession session;

    Watchdog(MySqlConnector source) {
        this.source = source;
        this.session = connect();
        this.timer = new ScheduledThreadPoolExecutor(1, Threads.named("sluice-snapshot-watchdog"));
        timer.setRemoveOnCancelPolicy(true);
    }

    private MySqlSession connect() {
        MySqlSession fresh = source.open(SessionUse.CONTROL);
        try {
            fresh.connection().setNetworkTimeout(Runnable::run, (int) ANSWER.toMillis());
            return fresh;
        } catch (SQLException failure) {
            fresh.close();
            throw SqlFailures.whileReading(failure, source.label());
        }
    }

    /** Sees to it that the connection stands: it may have idled for long between two tries. */
    synchronized void ready() {
        if (!session.isAlive(ANSWER)) {
            session.close();
            session = connect();
        }
    }

    /** Watches a session that is about to ask for a lock. */
    Watch watch(MySqlSession locking, LockKind kind, LockLimits limits) {
        return new Watch(locking, kind, limits);
    }

    /**
     * Ends the session, and with it every lock that it has or waits for. If its server cannot be told, the line is cut: an address may lead to
     * another one by now, where somebody else has the session's number.
     */
    synchronized void kill(MySqlSession victim) {
        send(SnapshotStatements.kill(victim.connectionId()), victim);
    }

    private synchronized void send(String statement, MySqlSession victim) {
        if (!session.isOnServerOf(victim)) {
            victim.abort();
            return;
        }
        try {
            session.execute(statement);
        } catch (StepException failure) {
            if (!isGone(failure)) {
                victim.abort();
            }
        }
    }

    private static boolean isGone(StepException failure) {
        return SqlFailures.serverError(failure)
                .filter(error -> error.number() == UNKNOWN_THREAD)
                .isPresent();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        synchronized (this) {
            session.close();
        }
    }

    /** One try under watch. Thread-safe. */
    final class Watch implements AutoCloseable {
        private final MySqlSession locking;
        private final LockKind kind;
        private final LockLimits limits;
        private final long start = System.nanoTime();

        /** All guarded by this. */
        private Phase phase = Phase.ACQUIRING;

        private boolean fired;
        private @Nullable ScheduledFuture<?> alarm;

        Watch(MySqlSession locking, LockKind kind, LockLimits limits) {
            this.locking = locking;
            this.kind = kind;
            this.limits = limits;
            alarmAt(limits.acquire());
        }

        private synchronized void alarmAt(Duration sinceStart) {
            if (alarm != null) {
                alarm.cancel(false);
            }
            long delay = Math.max(0, sinceStart.toNanos() - (System.nanoTime() - start));
            alarm = timer.schedule(this::timeIsUp, delay, TimeUnit.NANOSECONDS);
        }

        /** The lock is there: from now on the whole window counts, and only the end of the session frees the source. */
        synchronized void acquired() {
            phase = Phase.HOLDING;
            alarmAt(limits.window());
        }

        private synchronized void timeIsUp() {
            if (phase == Phase.OVER) {
                return;
            }
            fired = true;
            if (phase == Phase.ACQUIRING && kind == LockKind.TABLE_WRITE_LOCKS) {
                // Frees all the tables that were locked already, and leaves the session its answer.
                send(SnapshotStatements.killQuery(locking.connectionId()), locking);
            } else {
                kill(locking);
            }
        }

        /** Ends the try at once. */
        synchronized void fire() {
            if (phase != Phase.OVER) {
                fired = true;
                kill(locking);
            }
        }

        /** Whether the try was ended from here. */
        synchronized boolean fired() {
            return fired;
        }

        /** Since writers may have been held up. */
        Duration elapsed() {
            return Duration.ofNanos(System.nanoTime() - start);
        }

        /** When the window ends, as {@link System#nanoTime} counts. */
        long end() {
            return start + limits.window().toNanos();
        }

        /** Stops watching. A kill that is on its way has been sent when this returns; none comes after it. */
        @Override
        public synchronized void close() {
            phase = Phase.OVER;
            if (alarm != null) {
                alarm.cancel(false);
            }
        }
    }

    private enum Phase {
        ACQUIRING,
        HOLDING,
        OVER
    }
}
