// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.SessionUse;

/**
 * The session that asks for the lock and holds it; made for one try. Unless it was unlocked properly, closing it kills it on the
 * server: a {@code FLUSH TABLES WITH READ LOCK} that failed keeps the global lock. Not thread-safe.
 */
final class LockSession implements AutoCloseable {
    private final MySqlSession session;
    private final Watchdog watchdog;
    private final LookOut lookOut;
    private State state = State.FREE;

    private LockSession(MySqlSession session, Watchdog watchdog, LookOut lookOut) {
        this.session = session;
        this.watchdog = watchdog;
        this.lookOut = lookOut;
    }

    /** Connects, and has the server free everything soon if this JVM falls silent. */
    static LockSession open(MySqlConnector source, LockLimits limits, Watchdog watchdog, LookOut lookOut) {
        MySqlSession session = source.open(SessionUse.CONTROL);
        LockSession opened = new LockSession(session, watchdog, lookOut);
        try {
            session.query(SnapshotStatements.limits(LockLimits.IDLE, limits.lockWait()));
            return opened;
        } catch (RuntimeException failure) {
            opened.close();
            throw failure;
        }
    }

    MySqlSession session() {
        return session;
    }

    /**
     * Asks for the lock and waits for it.
     *
     * @throws dev.sluice.api.error.StepException if it was not granted; the source may be locked until {@link #close}
     */
    void lock(String statement) {
        state = State.MAY_LOCK;
        session.execute(statement);
    }

    /** The server denied the lock before it took anything. */
    void denied() {
        state = State.FREE;
    }

    /**
     * Says a word, so that the server keeps the session.
     *
     * @throws StepUnavailableException if the session is gone, and the lock with it
     */
    void ping() {
        if (!session.isAlive(LockLimits.PING)) {
            throw lost();
        }
    }

    /**
     * Frees the source. That it works proves that the lock was held until now, since a session that was killed or timed out
     * cannot answer.
     *
     * @throws dev.sluice.api.error.StepException if the session is gone: the lock may have ended at any time before
     */
    void unlock() {
        session.execute(SnapshotStatements.UNLOCK);
        state = State.FREE;
    }

    private static StepUnavailableException lost() {
        return new StepUnavailableException(Problem.of(
                SnapshotErrorCode.NOT_OPENED, "The session that held the lock ended before the snapshot was open"));
    }

    @Override
    public void close() {
        if (state == State.MAY_LOCK) {
            state = State.FREE;
            watchdog.kill(session);
            lookOut.awaitEnd(session.connectionId());
        }
        session.close();
    }

    private enum State {
        FREE,
        MAY_LOCK
    }
}
