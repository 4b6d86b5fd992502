// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.log.LogContext;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.CancelledException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Threads that work on one thing together: the first failure of one ends all. None of them outlives {@link #run}. */
final class CopyThreads {
    private final CopyFailure failure;
    /** Guarded by this. */
    private final List<Thread> threads = new ArrayList<>();

    private State state = State.WAITING;

    CopyThreads(CopyFailure failure) {
        this.failure = failure;
    }

    private enum State {
        WAITING,
        RUNNING,
        ENDED
    }

    static ThreadFactory named(String name) {
        return work -> {
            Thread thread = new Thread(LogContext.carriedTo(work), name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Adds one that starts with the others, or at once if they run; not at all if all have ended. */
    synchronized void add(String name, Runnable work) {
        if (state == State.ENDED) {
            return;
        }
        Thread thread = named(name).newThread(work);
        threads.add(thread);
        if (state == State.RUNNING) {
            start(thread);
        }
    }

    private synchronized void start() {
        state = State.RUNNING;
        threads.forEach(this::start);
    }

    /** Where the system has no thread left, the others end, and are waited for. */
    private void start(Thread thread) {
        try {
            thread.start();
        } catch (OutOfMemoryError none) {
            failure.report(none);
        }
    }

    /** The one of this number, or null if there are no more and will be none. */
    private synchronized @Nullable Thread find(int number) {
        if (number < threads.size()) {
            return threads.get(number);
        }
        state = State.ENDED;
        return null;
    }

    /** Runs all to their ends, and throws what the first one that failed reported. */
    void run(Cancellation cancellation) {
        try (Cancellation.Registration stop = cancellation.onCancel(() -> failure.report(new CancelledException()))) {
            start();
            join();
        }
        failure.rethrow();
    }

    /** When this is interrupted, they are stopped, and then joined all the same. */
    private void join() {
        boolean interrupted = false;
        int number = 0;
        for (Thread thread = find(number); thread != null; thread = find(++number)) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException stop) {
                    interrupted = true;
                    failure.report(new CancelledException());
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
