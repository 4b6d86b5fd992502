// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.api.plan.GuideStep;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one row of the guide goes on mock servers: what it fails with, how long it takes, and when its effect shows. Without a script everything
 * succeeds at once. Failures are used up in the order in which they were planted. Thread-safe.
 */
public final class RowScript {
    private final MockEngine engine;
    private final GuideStep row;
    private final Deque<MockFailure> failures = new ArrayDeque<>();
    private @Nullable MockFailure forEver;
    private int looksBeforeEffectShows;
    private Runnable hook = () -> {};
    private Duration takes = Duration.ZERO;
    private @Nullable Duration byPerson;

    RowScript(MockEngine engine, GuideStep row) {
        this.engine = engine;
        this.row = row;
    }

    /** Fails the next time. */
    public RowScript failsOnce(MockFailure failure) {
        return fails(1, failure);
    }

    /** Fails the next so many times. */
    public synchronized RowScript fails(int times, MockFailure failure) {
        for (int i = 0; i < times; i++) {
            failures.add(failure);
        }
        return this;
    }

    /** After what was planted so far, fails each time. */
    public synchronized MockEngine thenFails(MockFailure failure) {
        forEver = failure;
        return engine;
    }

    /** After what was planted so far, succeeds each time, which it does without being told so, too. */
    public synchronized MockEngine thenSucceeds() {
        forEver = null;
        return engine;
    }

    /** Is done before a run begins. */
    public MockEngine isDoneAlready() {
        engine.markDone(row);
        return engine;
    }

    /**
     * Each of its operations takes so long, whether it succeeds or fails. By a {@link ManualClock} that is no time at all; by the system's
     * clock the run really waits. What takes longer than its step may take ends at the step's deadline, without an effect.
     */
    public synchronized RowScript takes(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("Nothing takes " + time);
        }
        takes = time;
        return this;
    }

    /**
     * Where a person has to act, somebody does so long after the run has first found it missing, and tells nobody: the servers show it. For
     * operations that only people can do, and for all calls of a provider's API {@linkplain MockEngine#withoutCredentials() without
     * credentials}.
     */
    public synchronized MockEngine isDoneByPersonAfter(Duration time) {
        byPerson = time;
        return engine;
    }

    /** Once done, it shows only to the look after so many looks. */
    public synchronized RowScript showsAfterLooks(int looks) {
        if (looks < 0) {
            throw new IllegalArgumentException("The number of looks is not negative: " + looks);
        }
        looksBeforeEffectShows = looks;
        return this;
    }

    /** Runs this whenever the row is about to be done, on the thread that does it. */
    public synchronized RowScript runs(Runnable action) {
        hook = action;
        return this;
    }

    /**
     * The replica fails over the next time that the row is done or looked at: nobody answers for so long, and then another server does, with
     * another {@code server_uuid}, that has all that the old one had. Only for rows that work on the replica, or wait for it.
     */
    public RowScript failsOver(Duration away) {
        return once(() -> engine.failOver(away, true));
    }

    /** The same, but the new server has lost its replication configuration, as RDS for MySQL can. */
    public RowScript failsOverAndForgets(Duration away) {
        return once(() -> engine.failOver(away, false));
    }

    private synchronized RowScript once(Runnable action) {
        Runnable before = hook;
        hook = () -> {
            synchronized (this) {
                hook = before;
            }
            before.run();
            action.run();
        };
        return this;
    }

    /** Runs what is to run before the next performance. */
    void begin() {
        Runnable action;
        synchronized (this) {
            action = hook;
        }
        action.run();
    }

    /** How long the next performance takes. */
    synchronized Duration duration() {
        return takes;
    }

    /** What the next performance meets. */
    synchronized Optional<MockFailure> next() {
        return failures.isEmpty() ? Optional.ofNullable(forEver) : Optional.of(failures.remove());
    }

    /** How long a person takes to do it; empty if nobody does. */
    synchronized Optional<Duration> byPerson() {
        return Optional.ofNullable(byPerson);
    }

    /** Whether a look sees the effect of what was done. */
    synchronized boolean effectShows() {
        if (looksBeforeEffectShows == 0) {
            return true;
        }
        looksBeforeEffectShows--;
        return false;
    }
}
