// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.SessionUse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One run a replica: a named lock on the replica, held by a session of its own, and looked after every two seconds. The lock goes
 * with its session, so that a run whose process dies lets go of it by itself. Thread-safe.
 */
final class ReplicaClaim implements Claim {
    private static final String NAME = "'dev.sluice.replica'";
    private static final Duration LOOK = Duration.ofSeconds(2);

    /** Whoever held it before may have ended a moment ago, without the server having noticed yet. */
    private static final Duration WAIT = Duration.ofSeconds(2);

    /** Of a host that vanished without a word the server knows nothing but this long silence. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(30);

    /** Who hears nothing from the server has to give the replica up before the server gives it to another. */
    static final Duration ANSWER = Duration.ofSeconds(20);

    private final MySqlSession session;
    private final Runnable lost;
    private final CountDownLatch released = new CountDownLatch(1);
    private final Thread keeper;

    /** Guarded by this, as the session is. */
    private boolean isLost;

    private ReplicaClaim(MySqlSession session, String name, Runnable lost) {
        this.session = session;
        this.lost = lost;
        this.keeper = new Thread(this::keep, name);
        this.keeper.setDaemon(true);
    }

    /**
     * Claims the replica.
     *
     * @param replica opens the session, which waits at most {@link #ANSWER} for the server
     * @param lost called once, on any thread, if the claim is lost before it is closed
     * @throws StepRefusedException if another run has it
     */
    static ReplicaClaim of(MySqlConnector replica, String threadName, Runnable lost) {
        MySqlSession session = replica.open(SessionUse.CONTROL);
        try {
            session.query("SET SESSION wait_timeout = " + FORGOTTEN_AFTER.toSeconds());
            if (!session.queryValue("SELECT GET_LOCK(" + NAME + ", " + WAIT.toSeconds() + ")")
                    .filter("1"::equals)
                    .isPresent()) {
                throw new StepRefusedException(Problem.of(
                        RunCode.REPLICA_TAKEN,
                        "Another run works on " + replica.label() + ": session "
                                + session.queryValue("SELECT IS_USED_LOCK(" + NAME + ")")
                                        .orElse("unknown")));
            }
            ReplicaClaim claim = new ReplicaClaim(session, threadName, lost);
            claim.keeper.start();
            return claim;
        } catch (RuntimeException failure) {
            session.close();
            throw failure;
        }
    }

    private void keep() {
        try {
            while (!released.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                if (!isHeld()) {
                    return;
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isHeld() {
        boolean isNews;
        synchronized (this) {
            if (isLost || look()) {
                return !isLost;
            }
            isLost = true;
            isNews = released.getCount() > 0;
        }
        if (isNews) {
            lost.run();
        }
        return false;
    }

    private boolean look() {
        try {
            return session.queryValue("SELECT IS_USED_LOCK(" + NAME + ") = CONNECTION_ID()")
                    .filter("1"::equals)
                    .isPresent();
        } catch (StepException gone) {
            // The session is gone and the lock with it; nobody can tell who has it by now.
            return false;
        }
    }

    @Override
    public void close() {
        released.countDown();
        try {
            keeper.join(LOOK.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        letGo();
        session.abort();
    }

    /** By a word to the server, so that the next one finds it free: a connection that is cut is noticed some time later. */
    private synchronized void letGo() {
        if (isLost) {
            return;
        }
        try {
            session.query("SELECT RELEASE_LOCK(" + NAME + ")");
        } catch (StepException gone) {
            // The session is gone and the lock with it.
            isLost = true;
        }
    }
}
