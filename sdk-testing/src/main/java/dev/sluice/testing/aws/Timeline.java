// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Lets time pass for the resources: by the clock, or by hand. Thread-safe. */
final class Timeline implements AutoCloseable {
    private static final int THREADS = 4;
    private static final int END_SECONDS = 120;

    private final Object lock;
    private final @Nullable Duration stage;
    private final ScheduledThreadPoolExecutor threads;
    private final List<Course> byHand = new ArrayList<>();

    /**
     * Makes one.
     *
     * @param lock guards all state
     * @param stage how long a stage lasts, or null for by hand
     */
    Timeline(Object lock, @Nullable Duration stage) {
        this.lock = lock;
        this.stage = stage;
        AtomicInteger number = new AtomicInteger();
        threads = new ScheduledThreadPoolExecutor(THREADS, work -> {
            Thread thread = new Thread(work, "aws-look-alike-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    Object lock() {
        return lock;
    }

    void begin(Course course) {
        if (stage == null) {
            byHand.add(course);
        } else {
            later(course, stage);
        }
    }

    private void later(Course course, Duration wait) {
        try {
            var unused = threads.schedule(
                    () -> {
                        if (course.step()) {
                            later(course, wait);
                        }
                    },
                    wait.toNanos(),
                    TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            course.cancel(); // nobody looks any more
        }
    }

    /** Lets every resource take its next stage, in this thread; returns whether any had one. */
    boolean pass() {
        List<Course> due;
        synchronized (lock) {
            if (stage != null) {
                throw new IllegalStateException("Time passes by itself here");
            }
            due = new ArrayList<>(byHand);
        }
        boolean moved = false;
        for (Course course : due) {
            if (course.step()) {
                moved = true;
            } else {
                synchronized (lock) {
                    byHand.remove(course);
                }
            }
        }
        return moved;
    }

    /** Ends what is going on, so that no server is started after this. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("A change of a resource goes on for over " + END_SECONDS + " s");
            }
        } catch (InterruptedException interrupted) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
