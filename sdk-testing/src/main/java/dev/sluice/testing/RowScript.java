// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.api.plan.GuideStep;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one row of the guide goes on mock servers: what it fails with, and when its effect shows. Without a script everything succeeds at
 * once. Failures are used up in the order in which they were planted. Thread-safe.
 */
public final class RowScript {
    private final MockEngine engine;
    private final GuideStep row;
    private final Deque<MockFailure> failures = new ArrayDeque<>();
    private @Nullable MockFailure forEver;
    private int looksBeforeEffectShows;
    private Runnable hook = () -> {};

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

    /** What the next performance meets. */
    Optional<MockFailure> next() {
        Runnable action;
        synchronized (this) {
            action = hook;
        }
        action.run();
        synchronized (this) {
            return failures.isEmpty() ? Optional.ofNullable(forEver) : Optional.of(failures.remove());
        }
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
