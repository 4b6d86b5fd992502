// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.LockKind;
import dev.sluice.core.mysql.Cancellation;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tries until there is a snapshot, the request's patience is over, or no further try can help. Not thread-safe. */
final class SnapshotSearch {
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final SnapshotTools tools;
    private final ScopeReader scope;
    private final Cancellation cancellation;
    private final long start = System.nanoTime();
    private final Iterator<LockKind> ladder;
    private LockKind kind;
    private Preparation prepared;

    SnapshotSearch(SnapshotTools tools, Definitions definitions, Cancellation cancellation) {
        this.tools = tools;
        this.scope = new ScopeReader(
                tools.source(), tools.request().scope(), tools.request().readers(), definitions);
        this.cancellation = cancellation;
        this.ladder = tools.request().locks().iterator();
        this.kind = ladder.next();
        this.prepared = prepare();
    }

    private Preparation prepare() {
        return scope.read(cancellation);
    }

    /** What was found, with what was read before the lock. */
    record Found(SnapshotMoment moment, Preparation prepared) {}

    /**
     * Searches.
     *
     * @throws StepException if there is none
     * @throws dev.sluice.core.mysql.CancelledException if somebody cancelled
     */
    Found run() {
        int attempt = 1;
        while (true) {
            cancellation.check();
            tools.opener().prepare(cancellation);
            AttemptResult result = attempt(attempt);
            if (result instanceof AttemptResult.Taken taken) {
                return new Found(taken.moment(), prepared);
            } else if (result instanceof AttemptResult.Denied denied) {
                nextRung(denied);
            } else if (result instanceof AttemptResult.SetBack setBack) {
                tools.listener().setBack(kind, setBack.problem(), setBack.writersHeldUp());
                pauseAfter(setBack, attempt);
                attempt += setBack.wasAskedFor() ? 1 : 0;
            }
        }
    }

    private AttemptResult attempt(int number) {
        List<Blocker> blockers = awaitClear();
        if (!blockers.isEmpty()) {
            throw givenUp(inTheWay(blockers), null);
        }
        AttemptResult result = new LockAttempt(tools, cancellation, kind, number, prepared).run();
        return result instanceof AttemptResult.Taken taken ? confirmed(taken) : result;
    }

    private Problem inTheWay(List<Blocker> blockers) {
        return Problem.of(
                SnapshotErrorCode.IN_THE_WAY,
                kind + " on " + tools.source() + " would have to wait for " + Blocker.names(blockers)
                        + " and was not asked for");
    }

    /** Puts the try off while somebody is in the way. Returns who still is when patience is over. */
    private List<Blocker> awaitClear() {
        while (true) {
            List<Blocker> blockers = tools.lookOut().inTheWay(kind, prepared.toLock(), tools.longFrom());
            if (blockers.isEmpty() || !hasPatience(LOOK_EVERY)) {
                return blockers;
            }
            tools.listener().putOff(kind, blockers);
            pause(LOOK_EVERY);
        }
    }

    private AttemptResult confirmed(AttemptResult.Taken taken) {
        tools.listener().released(kind, taken.moment().lockHeld());
        boolean same = false;
        try {
            same = scope.isUnchanged(prepared, cancellation);
        } finally {
            if (!same) {
                tools.opener().discard();
            }
        }
        return same
                ? taken
                : AttemptResult.SetBack.of(
                        SnapshotErrorCode.DEFINITIONS_CHANGED,
                        "DDL changed the scope on " + tools.source() + " while the snapshot was taken",
                        null);
    }

    private void nextRung(AttemptResult.Denied denied) {
        tools.listener().denied(kind, denied.problem());
        if (!ladder.hasNext()) {
            throw new StepRefusedException(
                    Problem.of(
                            SnapshotErrorCode.LOCK_DENIED,
                            tools.source() + " denies " + tools.request().locks() + ": "
                                    + denied.problem().what()),
                    denied.cause());
        }
        kind = ladder.next();
    }

    private void pauseAfter(AttemptResult.SetBack setBack, int attempt) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 6));
        Duration bounded = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        if (!hasPatience(bounded)) {
            throw givenUp(setBack.problem(), setBack.cause());
        }
        pause(bounded);
        if (setBack.problem().code() == SnapshotErrorCode.DEFINITIONS_CHANGED) {
            prepared = prepare();
        }
    }

    private void pause(Duration time) {
        if (!cancellation.sleep(time)) {
            cancellation.check();
        }
    }

    private boolean hasPatience(Duration forAnother) {
        long left = tools.request().patience().toNanos() - (System.nanoTime() - start);
        return left >= forAnother.toNanos();
    }

    private StepRefusedException givenUp(Problem last, @Nullable Throwable cause) {
        Duration waited = Duration.ofNanos(System.nanoTime() - start);
        return new StepRefusedException(
                Problem.of(last.code(), last.what() + ". Given up after " + waited.toSeconds() + " s", last.remedy()),
                cause);
    }
}
