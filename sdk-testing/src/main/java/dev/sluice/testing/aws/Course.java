// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What is still to happen to one resource: stages, one after the other. A stage first shows itself, then does its work, which may take
 * its time and holds up nobody who looks. Guarded by the timeline's lock, but for the work.
 */
final class Course {
    private final Timeline timeline;
    private final Failed failed;
    private final Deque<Stage> coming = new ArrayDeque<>();
    private boolean active;

    /** What shows that a stage went wrong. */
    interface Failed {
        void because(RuntimeException failure);
    }

    private record Stage(Runnable show, Runnable work) {}

    Course(Timeline timeline, Failed failed) {
        this.timeline = timeline;
        this.failed = failed;
    }

    /** Adds a stage without work. */
    Course then(Runnable show) {
        return then(show, () -> {});
    }

    /** Adds a stage: what is shown when it begins, and what is done then. It begins one stage's length after the one before it. */
    Course then(Runnable show, Runnable work) {
        synchronized (timeline.lock()) {
            coming.add(new Stage(show, work));
            if (!active) {
                active = true;
                timeline.begin(this);
            }
            return this;
        }
    }

    /** Forgets what was to come. */
    void cancel() {
        synchronized (timeline.lock()) {
            coming.clear();
        }
    }

    /** Goes through the next stage; returns whether there may be more. */
    boolean step() {
        Stage next;
        synchronized (timeline.lock()) {
            next = coming.poll();
            if (next == null) {
                active = false;
                return false;
            }
            next.show().run();
        }
        try {
            next.work().run();
        } catch (RuntimeException failure) {
            fail(failure);
        }
        return true;
    }

    private void fail(RuntimeException failure) {
        synchronized (timeline.lock()) {
            coming.clear();
            failed.because(failure);
        }
    }
}
