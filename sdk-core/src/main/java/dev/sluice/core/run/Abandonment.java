// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.Effect;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.RunStoppedException;
import dev.sluice.api.operation.Target;
import dev.sluice.api.run.RunListener;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.core.log.LogContext;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.CancelledException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one run back after its end, on a thread of its own, as often as it is asked for while something is left. Thread-safe. */
final class Abandonment {
    private static final Logger logger = LoggerFactory.getLogger(Abandonment.class);

    private final OpenRuns open;
    private final List<RunListener> listeners;
    private final RunParts parts;
    private final RunHold hold;
    private final RunOutcome outcome;
    private final RunClosing closing;

    /** Guarded by this. */
    private @Nullable CompletableFuture<RunResult> current;

    Abandonment(
            OpenRuns open,
            List<RunListener> listeners,
            RunParts parts,
            RunHold hold,
            RunOutcome outcome,
            RunClosing closing) {
        this.open = open;
        this.listeners = listeners;
        this.parts = parts;
        this.hold = hold;
        this.outcome = outcome;
        this.closing = closing;
    }

    /**
     * The one that is under way, or a new one if there is anything to take back. The run has ended.
     *
     * @param lost servers that are gone for good
     */
    synchronized CompletableFuture<RunResult> begin(Set<Target> lost) {
        CompletableFuture<RunResult> underWay = current;
        if (underWay != null && !underWay.isDone()) {
            return underWay;
        }
        RunResult before = closing.ended();
        boolean isClosed = before.state() != RunState.FAILED && parts.undos().isSettled();
        if (before.state() == RunState.SUCCEEDED || isClosed) {
            return CompletableFuture.completedFuture(before);
        }
        CompletableFuture<RunResult> begun = new CompletableFuture<>();
        Cancellation cancellation = DrivenClock.cancellation(parts.log().clock());
        OpenRuns.Work work = open.enter(patience -> {
            cancellation.cancel();
            new RunWait(parts.run(), begun).atMost(patience);
        });
        current = begun;
        TakeBack taking = new TakeBack(parts, lost);
        start(() -> abandon(taking, before, begun, cancellation, work), work);
        return begun;
    }

    private void start(Runnable undoing, OpenRuns.Work work) {
        try {
            open.threads().start("sluice-abandon-" + parts.run(), undoing);
        } catch (RuntimeException | Error rejected) {
            current = null;
            work.close();
            throw rejected;
        }
    }

    private void abandon(
            TakeBack taking,
            RunResult before,
            CompletableFuture<RunResult> begun,
            Cancellation cancellation,
            OpenRuns.Work work) {
        try (work;
                LogContext lines = LogContext.run(parts.run())) {
            parts.log().tellBy(new EventQueue("sluice-events-" + parts.run(), listeners));
            logger.info(
                    "Run is being abandoned. run={} undos={}",
                    parts.run(),
                    before.left().size());
            hold.takeAgain(parts.log(), cancellation::cancel);
            taking.abandon(cancellation);
            closing.end(outcome.withUndos(
                    before, before.state() == RunState.CANCELLED ? RunState.CANCELLED : RunState.ABANDONED));
            begun.complete(closing.ended());
        } catch (RuntimeException | Error thrown) {
            // Part of it may have been undone; the rest can be tried once more.
            closing.remains(outcome.withUndos(before, before.state()));
            logger.warn("The run could not be abandoned. run={}", parts.run(), thrown);
            begun.completeExceptionally(thrown instanceof CancelledException ? closedWhileUndoing(thrown) : thrown);
        }
    }

    private static RunStoppedException closedWhileUndoing(Throwable thrown) {
        return new RunStoppedException(
                Problem.of(RunCode.CLOSED, "Sluice was closed while the run was being abandoned"),
                Effect.UNKNOWN,
                thrown);
    }
}
