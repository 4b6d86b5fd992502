// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.core.log.LogContext;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.CancelledException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Threads that do tasks until none is left, each with a pair of sessions of its own. A task may add more. The first failure ends
 * the work and is thrown to the caller. Thread-safe.
 */
final class Crew {
    private final Deque<Consumer<SessionPair>> tasks = new ArrayDeque<>();
    private final Supplier<SessionPair> sessions;
    private final Cancellation cancellation;
    private int unfinished;
    private @Nullable RuntimeException failure;

    /**
     * A crew without tasks.
     *
     * @param cancellation of the sessions; cancelled here when a task fails
     */
    Crew(Supplier<SessionPair> sessions, Cancellation cancellation) {
        this.sessions = sessions;
        this.cancellation = cancellation;
    }

    /** A task that is done when all tasks before it have begun. */
    synchronized void later(Consumer<SessionPair> task) {
        tasks.addLast(task);
        unfinished++;
        notifyAll();
    }

    /** A task that is done before those that are waiting. */
    synchronized void next(Consumer<SessionPair> task) {
        tasks.addFirst(task);
        unfinished++;
        notifyAll();
    }

    /** Does all tasks and returns when the last one is done and the threads have ended. */
    void work(int threads) {
        List<Thread> crew = new ArrayList<>();
        for (int i = 1; i <= threads; i++) {
            Thread thread = new Thread(LogContext.carriedTo(this::run), "sluice-verify-" + i);
            thread.setDaemon(true);
            thread.start();
            crew.add(thread);
        }
        joinAll(crew);
        RuntimeException thrown = failure();
        if (thrown != null) {
            throw thrown;
        }
        cancellation.check();
    }

    /** An interrupt cancels; the threads then end soon, as their statements are killed. */
    private void joinAll(List<Thread> crew) {
        boolean interrupted = false;
        for (Thread thread : crew) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException cancelled) {
                    interrupted = true;
                    fail(new CancelledException());
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Consumer<SessionPair> task = take();
        if (task == null) {
            return;
        }
        try (SessionPair pair = sessions.get()) {
            while (task != null) {
                task.accept(pair);
                done();
                task = take();
            }
        } catch (RuntimeException thrown) {
            fail(thrown);
        } catch (Error thrown) {
            // Told by the thread that waits; the host's handler of dying threads has nothing to add.
            fail(new IllegalStateException("A comparing thread ran out of memory or lost a class", thrown));
        }
    }

    private synchronized @Nullable Consumer<SessionPair> take() {
        while (tasks.isEmpty() && unfinished > 0 && failure == null) {
            try {
                wait();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
        return failure != null || cancellation.isCancelled() ? null : tasks.pollFirst();
    }

    private synchronized void done() {
        unfinished--;
        notifyAll();
    }

    /** Kills what the others run, too. */
    private void fail(RuntimeException thrown) {
        synchronized (this) {
            if (failure == null) {
                failure = thrown;
            }
            notifyAll();
        }
        cancellation.cancel();
    }

    /** Whether a task should rather not begin something long. */
    synchronized boolean isStopping() {
        return failure != null || cancellation.isCancelled();
    }

    private synchronized @Nullable RuntimeException failure() {
        return failure;
    }
}
