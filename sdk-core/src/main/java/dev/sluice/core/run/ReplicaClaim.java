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
 * with its session, so that a run whose process dies lets go of it by itself.
 */
final class ReplicaClaim implements AutoCloseable {
    private static final String NAME = "'dev.sluice.replica'";
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final MySqlSession session;
    private final Runnable lost;
    private final CountDownLatch released = new CountDownLatch(1);
    private final Thread keeper;

    private ReplicaClaim(MySqlSession session, String name, Runnable lost) {
        this.session = session;
        this.lost = lost;
        this.keeper = new Thread(this::keep, name);
        this.keeper.setDaemon(true);
    }

    /** Of a host that vanished without a word the server knows nothing but this long silence. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(30);

    /**
     * Claims the replica.
     *
     * @param lost called once, on another thread, if the claim is lost before it is closed
     * @throws StepRefusedException if another run has it
     */
    static ReplicaClaim of(MySqlConnector replica, String threadName, Runnable lost) {
        MySqlSession session = replica.open(SessionUse.CONTROL);
        try {
            session.query("SET SESSION wait_timeout = " + FORGOTTEN_AFTER.toSeconds());
            if (!session.queryValue("SELECT GET_LOCK(" + NAME + ", 0)")
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
                    lost.run();
                    return;
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isHeld() {
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
        session.abort();
    }
}
