// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.error.Effect;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepOutcomeUnknownException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.PausePlan;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.spi.PollPace;
import dev.sluice.core.mysql.Cancellation;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time that one step has. When it is over, all that the step runs is cancelled, which kills it on the servers; a run that is
 * cancelled cancels its step as well. Thread-safe.
 */
final class StepTime implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StepTime.class);

    private final Plan plan;
    private final CompiledStep step;
    private final PollPace pace;
    private final Cancellation run;
    private final Cancellation cancellation;
    private final Cancellation.Registration withTheRun;
    private final Cancellation.Registration alarm;
    private final Instant deadline;
    private volatile boolean over;
    private volatile String heldUpBy = "";

    private StepTime(Plan plan, CompiledStep step, PollPace pace, Cancellation run, Clock clock, RunThreads threads) {
        this.plan = plan;
        this.step = step;
        this.pace = DrivenClock.pace(clock, pace);
        this.run = run;
        this.cancellation = DrivenClock.cancellation(clock);
        this.deadline = clock.instant().plus(step.deadline());
        this.withTheRun = run.onCancel(cancellation::cancel);
        this.alarm = DrivenClock.alarm(clock, threads, step.deadline(), this::timeIsUp);
    }

    /**
     * The step begins.
     *
     * @param pace at which it looks while it waits
     * @param threads watch the time
     */
    static StepTime begin(
            Plan plan, CompiledStep step, PollPace pace, Cancellation run, Clock clock, RunThreads threads) {
        return new StepTime(plan, step, pace, run, clock, threads);
    }

    private void timeIsUp() {
        over = true;
        try {
            cancellation.cancel();
        } catch (RuntimeException failure) {
            log.warn("Not all that a step ran could be ended at its deadline. step={}", step.key(), failure);
        }
    }

    /** Ends with the step's time, and with the run. */
    Cancellation cancellation() {
        return cancellation;
    }

    /** How often the step looks while it waits. */
    PollPace pace() {
        return pace;
    }

    /** When the time is over, by the host's clock. */
    Instant deadline() {
        return deadline;
    }

    /** Notes what the step waits for or misses, for the message that tells why there was not enough time. */
    void heldUpBy(String what) {
        heldUpBy = what;
    }

    /** Whether the step was ended because its time is over. */
    boolean isOver() {
        return over && !run.isCancelled();
    }

    /** That the time is over, with the reason, and what to do. */
    Problem problem() {
        String reason = heldUpBy.isEmpty() ? "" : ": " + heldUpBy;
        return Problem.of(
                RunCode.DEADLINE,
                "The step '" + step.row().title() + "' did not end within its deadline of " + step.deadline() + reason,
                "See what held it up; " + more());
    }

    /** How this kind of plan gets by with the time. */
    private String more() {
        if (plan instanceof PausePlan) {
            return "give it more time with within(…) if it needs more";
        }
        return plan instanceof EndPlan
                ? "when it is gone, run the end plan again: what is done is not done twice"
                : "give it more time with deadline(GuideStep." + step.row() + ", …) if it needs more";
    }

    /**
     * What to tell of a failure.
     *
     * @param wasChanging whether something that changes a server was under way
     * @return the failure itself, or that the time was over
     */
    RuntimeException explain(RuntimeException failure, boolean wasChanging) {
        boolean told = failure instanceof StepException known && known.code() == RunCode.DEADLINE;
        if (told || !isOver()) {
            return failure;
        }
        Effect effect = failure instanceof StepException known ? known.effect() : Effect.NONE;
        return wasChanging || effect == Effect.UNKNOWN
                ? new StepOutcomeUnknownException(problem(), failure)
                : new StepRefusedException(problem(), failure);
    }

    /** Ends the watch; the step is over. */
    @Override
    public void close() {
        alarm.close();
        withTheRun.close();
    }
}
