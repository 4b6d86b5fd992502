// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.error.Effect;
import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepOutcomeUnknownException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.Change;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.StepResult;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.core.journal.JournalRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Carries one step out: looks, does what is missing, and looks again, until the servers are as the step wants them. */
final class StepRunner {
    /** How long the servers may take to show what an operation did. */
    private static final Duration CONFIRM = Duration.ofSeconds(30);

    private final CompiledStep compiled;
    private final Step step;
    private final RunLive live;
    private final OperationRunner operations;
    private final Retries retries;
    private final StepTime time;
    private final RunLog log;
    private final ReplicaGuard guard;
    private final List<String> done = new ArrayList<>();
    private boolean didSomething;
    private boolean isChanging;

    StepRunner(Step step, RunLive live, OperationRunner operations, Retries retries) {
        this(step, live, operations, retries, ReplicaGuard.NONE);
    }

    StepRunner(Step step, RunLive live, OperationRunner operations, Retries retries, ReplicaGuard guard) {
        this.guard = guard;
        this.compiled = live.step();
        this.step = step;
        this.live = live;
        this.operations = operations;
        this.retries = retries;
        this.time = live.time();
        this.log = live.log();
    }

    /** Carries the step out and tells its result, also that of a failure, which has been journaled when it is thrown. */
    void run(Consumer<StepResult> results) {
        String key = compiled.key().toString();
        Instant began = clock().instant();
        log.journal(at -> new JournalRecord.StepOpened(at, key));
        log.event((run, at) -> new RunEvent.StepStarted(run, at, compiled.key(), compiled.row()));
        try (RunServers.Bound links = live.servers().endWith(time.cancellation())) {
            Look.Done end = throughFailovers();
            operations.keep(end);
            results.accept(finish(
                    end.evidence(), didSomething ? StepResult.Outcome.DONE : StepResult.Outcome.ALREADY_DONE, began));
        } catch (RuntimeException failure) {
            RuntimeException told = time.explain(failure, isChanging);
            results.accept(finish(String.valueOf(told.getMessage()), StepResult.Outcome.FAILED, began));
            throw told;
        }
    }

    private StepResult finish(String evidence, StepResult.Outcome outcome, Instant began) {
        StepResult result =
                new StepResult(compiled.row(), outcome, done, evidence, Duration.between(began, clock().instant()));
        log.journal(at -> new JournalRecord.StepClosed(at, compiled.key().toString(), outcome, evidence));
        log.event((run, at) -> new RunEvent.StepFinished(run, at, compiled.key(), result));
        return result;
    }

    private Look.Done throughFailovers() {
        while (true) {
            try {
                return untilDone();
            } catch (RuntimeException failure) {
                if (!guard.hasRecovered(failure, live)) {
                    throw failure;
                }
            }
        }
    }

    /** Every turn either ends, does something that was missing, or learns what became of something of unknown outcome. */
    private Look.Done untilDone() {
        Look look = lookUntilKnown();
        while (look instanceof Look.Missing missing) {
            requireTime(missing.evidence());
            StepException doubt;
            try {
                doubt = doMissing(missing);
            } catch (StepException refused) {
                return goOnWithout(refused);
            }
            look = doubt == null ? confirm() : lookUntilKnown();
            if (look instanceof Look.Missing still) {
                giveUpIfHopeless(still, doubt);
            }
        }
        return (Look.Done) look;
    }

    /** What only makes a run faster, and surely was not done, ends no run. */
    private Look.Done goOnWithout(StepException failure) {
        if (!compiled.row().isOptional() || failure.effect() != Effect.NONE) {
            throw failure;
        }
        Problem why = failure.problems().get(0);
        Problem warning = Problem.of(
                RunCode.WENT_ON_WITHOUT, "Goes on without '" + compiled.row().title() + "': " + why.what());
        log.event((run, at) -> new RunEvent.Warning(run, at, warning));
        return new Look.Done("went on without: " + why.what());
    }

    private static void giveUpIfHopeless(Look.Missing still, @Nullable StepException doubt) {
        if (doubt == null) {
            throw refused(RunCode.NOT_CONFIRMED, "Everything was done, and still: " + still.evidence());
        }
        if (!(doubt instanceof StepOutcomeUnknownException)) {
            throw doubt;
        }
    }

    /** Does the operations; returns the failure of one whose effect only a look can tell, or null. */
    private @Nullable StepException doMissing(Look.Missing missing) {
        boolean isFirst = true;
        for (Operation operation : compiled.operations()) {
            if (missing.operationIds().contains(operation.id()) && (isFirst || isDue(operation))) {
                isFirst = false;
                try {
                    perform(operation);
                } catch (StepOutcomeUnknownException unknown) {
                    live.servers().reset();
                    log.event((run, at) -> new RunEvent.OutcomeUnknown(
                            run, at, compiled.key(), unknown.problems().get(0)));
                    return unknown;
                } catch (StepRefusedException refused) {
                    if (!OperationRunner.isJudgedByLooking(operation)) {
                        throw refused;
                    }
                    return refused;
                }
            }
        }
        return null;
    }

    /** What came before may have waited for long: nothing is interrupted on the strength of what was seen then. */
    private boolean isDue(Operation operation) {
        return operation.info().change() != Change.DISRUPTS || isStillMissing(operation);
    }

    private void perform(Operation operation) {
        boolean changes = operation.info().change() != Change.NOTHING;
        isChanging = changes;
        operations.perform(operation, live, () -> isStillMissing(operation));
        didSomething = true;
        if (changes) {
            done.add(operation.id());
        }
    }

    private boolean isStillMissing(Operation operation) {
        Look look = look();
        return !(look instanceof Look.Done)
                && !(look instanceof Look.Missing missing
                        && !missing.operationIds().contains(operation.id()));
    }

    private Look confirm() {
        Instant began = clock().instant();
        Instant patience = began.plus(CONFIRM);
        Look look = lookUntilKnown();
        while (look instanceof Look.Missing missing && clock().instant().isBefore(patience)) {
            requireTime(missing.evidence());
            pause(began);
            look = lookUntilKnown();
        }
        return look;
    }

    private Look lookUntilKnown() {
        Instant began = clock().instant();
        Look look = look();
        while (look instanceof Look.Unknown unknown) {
            requireTime(unknown.evidence());
            pause(began);
            look = look();
        }
        return look;
    }

    private Look look() {
        Look look = retries.call(compiled.key(), () -> {
            guard.check(live);
            return lookOnce();
        });
        isChanging = false;
        if (look instanceof Look.Missing missing) {
            time.heldUpBy(missing.evidence());
        } else if (look instanceof Look.Unknown unknown) {
            time.heldUpBy(unknown.evidence());
        }
        return look;
    }

    /** A look that may ask a provider's API ends with the step as well. */
    private Look lookOnce() {
        if (!live.servers().hasControlPlane()) {
            return step.look(live);
        }
        try (CallCut cut = CallCut.with(time.cancellation())) {
            return step.look(live);
        }
    }

    private void pause(Instant since) {
        time.cancellation().sleep(time.pace().after(Duration.between(since, clock().instant())));
        time.cancellation().check();
    }

    private void requireTime(String evidence) {
        time.heldUpBy(evidence);
        time.cancellation().check();
        if (!clock().instant().isBefore(time.deadline())) {
            throw new StepRefusedException(time.problem());
        }
    }

    private static StepRefusedException refused(ErrorCode code, String what) {
        return new StepRefusedException(Problem.of(code, what));
    }

    private Clock clock() {
        return log.clock();
    }
}
