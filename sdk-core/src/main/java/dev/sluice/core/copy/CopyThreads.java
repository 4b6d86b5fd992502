// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.CancelledException;
import java.util.ArrayList;
import java.util.List;

/** Threads that work on one thing together: the first failure of one ends all. None of them outlives {@link #run}. */
final class CopyThreads {
    private final CopyFailure failure;
    private final List<Thread> threads = new ArrayList<>();

    CopyThreads(CopyFailure failure) {
        this.failure = failure;
    }

    void add(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        threads.add(thread);
    }

    /** Runs all to their ends, and throws what the first one that failed reported. */
    void run(Cancellation cancellation) {
        try (Cancellation.Registration stop = cancellation.onCancel(() -> failure.report(new CancelledException()))) {
            threads.forEach(Thread::start);
            join();
        }
        failure.rethrow();
    }

    /** When this is interrupted, they are stopped, and then joined all the same. */
    private void join() {
        boolean interrupted = false;
        for (Thread thread : threads) {
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
