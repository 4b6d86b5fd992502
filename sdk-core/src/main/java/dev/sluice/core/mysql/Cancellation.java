// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Asked by everything that loops or waits, and cancelled once, from any thread. Cancelling ends sleeps at once and runs the
 * registered actions, which kill what runs on servers. Thread-safe.
 */
public final class Cancellation {
    /** The longest time that {@link #cancel()} waits for actions: servers that must be told may not answer. */
    public static final Duration PATIENCE = Duration.ofSeconds(4);

    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final Sleep sleep;

    /** Guarded by itself; emptied when cancelled. */
    private final Set<Action> actions = new LinkedHashSet<>();

    /** Whose sleeps take the time that they say. */
    public Cancellation() {
        this.sleep = (time, until) -> {
            var unused = until.cancelled.await(time.toNanos(), TimeUnit.NANOSECONDS);
        };
    }

    /** Whose sleeps are somebody else's affair: a test's, in which days pass at once. */
    public Cancellation(Sleep sleep) {
        this.sleep = requireNonNull(sleep, "sleep");
    }

    /** Whether {@link #cancel()} was called. */
    public boolean isCancelled() {
        return cancelled.getCount() == 0;
    }

    /**
     * Goes on if nobody cancelled.
     *
     * @throws CancelledException if somebody did
     */
    public void check() {
        if (isCancelled()) {
            throw new CancelledException();
        }
    }

    /**
     * Has an action run, once, when this is cancelled, on a thread of its own; at once on this thread if that has happened already.
     * The action must end by itself within a few seconds.
     *
     * @return forgets the action when closed
     */
    public Registration onCancel(Runnable action) {
        Action entry = new Action(requireNonNull(action, "action"));
        synchronized (actions) {
            if (!isCancelled()) {
                actions.add(entry);
                return () -> forget(entry);
            }
        }
        action.run();
        return () -> {};
    }

    private void forget(Action entry) {
        synchronized (actions) {
            actions.remove(entry);
        }
    }

    /**
     * Cancels, and returns when all actions have run, or after {@link #PATIENCE}: the rest of them goes on by itself. A second call
     * does nothing.
     *
     * @throws RuntimeException what an action threw in that time
     */
    public void cancel() {
        List<Action> due;
        synchronized (actions) {
            cancelled.countDown();
            due = new ArrayList<>(actions);
            actions.clear();
        }
        Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
        List<Thread> running = due.stream().map(entry -> start(entry, failures)).toList();
        join(running);
        RuntimeException first = failures.poll();
        if (first != null) {
            failures.forEach(first::addSuppressed);
            throw first;
        }
    }

    private static Thread start(Action entry, Queue<RuntimeException> failures) {
        Thread thread = new Thread(
                () -> {
                    try {
                        entry.work.run();
                    } catch (RuntimeException thrown) {
                        failures.add(thrown);
                    }
                },
                "sluice-cancel");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void join(List<Thread> running) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (Thread thread : running) {
                TimeUnit.NANOSECONDS.timedJoin(thread, end - System.nanoTime());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits for the time to pass or for somebody to cancel.
     *
     * @return false if this is cancelled
     * @throws CancelledException if the thread is interrupted; its interrupt flag is set again
     */
    public boolean sleep(Duration time) {
        try {
            sleep.pass(time, this);
            return !isCancelled();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        }
    }

    /** How time passes for somebody who waits. Implementations are thread-safe. */
    @FunctionalInterface
    public interface Sleep {
        /** Returns when the time has passed, or as soon as this is cancelled. */
        void pass(Duration time, Cancellation until) throws InterruptedException;
    }

    /** Forgets a registered action when closed. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /** An identity of its own for each registration, also of equal actions. */
    private static final class Action {
        private final Runnable work;

        Action(Runnable work) {
            this.work = work;
        }
    }
}
