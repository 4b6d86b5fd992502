// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/** When the process of a run is killed. */
sealed interface KillMoment {
    /** By which it is asked for again. */
    String name();

    /** What the run was about to do or had just done, for people. */
    String where();

    /** Starts a run and kills its process then. Whether it had not ended before. */
    boolean killIn(KillAttempt attempt) throws Exception;

    /** The same kind of moment, for a run that had ended before this one. */
    KillMoment sooner();

    /**
     * Right before a record is on the disk, or right after.
     *
     * @param point of the run
     */
    record AtRecord(KillPoint point) implements KillMoment {
        @Override
        public String name() {
            return point.record() + (point.isAfter() ? "/after" : "/before");
        }

        @Override
        public String where() {
            return (point.isAfter() ? "after " : "before ") + point.what();
        }

        @Override
        public boolean killIn(KillAttempt attempt) throws Exception {
            return attempt.killIfReached(point.inAnyRun());
        }

        @Override
        public KillMoment sooner() {
            return this;
        }
    }

    /**
     * Some time after a record, wherever the run is by then.
     *
     * @param seed that has chosen it
     * @param record its number
     * @param what it is about
     * @param later so much
     */
    record AtRandom(long seed, int record, String what, Duration later) implements KillMoment {
        private static final int COPY_MILLIS = 2_500;
        private static final int ELSEWHERE_MILLIS = 250;

        /** Every second one is in the copy. */
        static AtRandom of(long seed, Undisturbed run) {
            SplittableRandom random = new SplittableRandom(seed);
            boolean isInCopy = random.nextBoolean();
            int record = isInCopy ? run.copy() : random.nextInt(1, run.complete());
            Duration later = Duration.ofMillis(random.nextInt(isInCopy ? COPY_MILLIS : ELSEWHERE_MILLIS));
            return new AtRandom(seed, record, run.records().get(record - 1), later);
        }

        @Override
        public String name() {
            return "random/" + seed;
        }

        @Override
        public String where() {
            return later.toMillis() + " ms after " + what;
        }

        @Override
        public boolean killIn(KillAttempt attempt) throws Exception {
            Child child = attempt.startSlowly();
            child.awaitLine("AT " + record + "/after/");
            LockSupport.parkNanos(later.toNanos());
            child.kill();
            attempt.findRun();
            return child.find("END").isEmpty();
        }

        @Override
        public KillMoment sooner() {
            return new AtRandom(seed, record, what, later.dividedBy(2));
        }
    }
}
