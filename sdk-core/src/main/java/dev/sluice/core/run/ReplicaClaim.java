// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.log.LogContext;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.Quote;
import dev.sluice.core.mysql.SessionUse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One run a replica: a named lock on the replica, held by a session of its own, and looked after every two seconds. The lock goes
 * with its session, so that a run whose process dies lets go of it by itself. Thread-safe.
 */
final class ReplicaClaim implements Claim {
    private static final String REPLICA = "dev.sluice.replica";
    private static final Duration LOOK = Duration.ofSeconds(2);

    /** Whoever held it before may have ended a moment ago, without the server having noticed yet. */
    private static final Duration WAIT = Duration.ofSeconds(2);

    /** Of a host that vanished without a word the server knows nothing but this long silence. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(30);

    /** Who hears nothing from the server has to give the replica up before the server gives it to another. */
    static final Duration ANSWER = Duration.ofSeconds(20);

    private final MySqlSession session;
    private final String lock;
    private final Runnable lost;
    private final CountDownLatch released = new CountDownLatch(1);
    private final Thread keeper;

    /** Guarded by this, as the session is. */
    private boolean isLost;

    private ReplicaClaim(MySqlSession session, String lock, String name, Runnable lost) {
        this.session = session;
        this.lock = lock;
        this.lost = lost;
        this.keeper = new Thread(LogContext.carriedTo(this::keep), name);
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
        return of(replica, REPLICA, replica.label(), threadName, lost);
    }

    /**
     * Claims a replica by a lock on another server, its source, which a failover of the replica does not touch.
     *
     * @param replica what the replica is called
     * @throws StepRefusedException if another run has it
     */
    static ReplicaClaim onSource(MySqlConnector source, String replica, String threadName, Runnable lost) {
        return of(source, REPLICA + "." + digest(replica), replica, threadName, lost);
    }

    /** Names of locks have at most 64 characters. */
    private static String digest(String replica) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(replica.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("Every Java has SHA-256", absent);
        }
    }

    private static ReplicaClaim of(
            MySqlConnector server, String name, String replica, String threadName, Runnable lost) {
        String lock = Quote.literal(name);
        MySqlSession session = server.open(SessionUse.CONTROL);
        try {
            session.query("SET SESSION wait_timeout = " + FORGOTTEN_AFTER.toSeconds());
            if (!session.queryValue("SELECT GET_LOCK(" + lock + ", " + WAIT.toSeconds() + ")")
                    .filter("1"::equals)
                    .isPresent()) {
                throw new StepRefusedException(Problem.of(
                        RunCode.REPLICA_TAKEN,
                        "Another run works on " + replica + ": session "
                                + session.queryValue("SELECT IS_USED_LOCK(" + lock + ")")
                                        .orElse("unknown")
                                + " on " + server.label()));
            }
            ReplicaClaim claim = new ReplicaClaim(session, lock, threadName, lost);
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

    /** Asks the server that it is held on. */
    synchronized <T> T ask(Function<ServerSession, T> question) {
        return question.apply(session);
    }

    private boolean look() {
        try {
            return session.queryValue("SELECT IS_USED_LOCK(" + lock + ") = CONNECTION_ID()")
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
            session.query("SELECT RELEASE_LOCK(" + lock + ")");
        } catch (StepException gone) {
            // The session is gone and the lock with it.
            isLost = true;
        }
    }
}
