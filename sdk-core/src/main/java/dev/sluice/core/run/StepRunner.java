// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.compiled.CompiledStep;
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
import dev.sluice.core.mysql.Cancellation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Carries one step out: looks, does what is missing, and looks again, until the servers are as the step wants them. */
final class StepRunner {
    /** Between two looks while nothing can be done but wait. */
    private static final Duration POLL = Duration.ofMillis(250);
    /** How long the servers may take to show what an operation did. */
    private static final Duration CONFIRM = Duration.ofSeconds(30);

    private final CompiledStep compiled;
    private final Step step;
    private final RunLive live;
    private final OperationRunner operations;
    private final Retries retries;
    private final Cancellation cancellation;
    private final RunLog log;
    private final Instant deadline;
    private final List<String> done = new ArrayList<>();
    private boolean didSomething;

    StepRunner(Step step, RunLive live, OperationRunner operations, Retries retries, Cancellation cancellation) {
        this.compiled = live.step();
        this.step = step;
        this.live = live;
        this.operations = operations;
        this.retries = retries;
        this.cancellation = cancellation;
        this.log = live.log();
        this.deadline = clock().instant().plus(compiled.deadline());
    }

    /** Carries the step out and tells its result, also that of a failure, which has been journaled when it is thrown. */
    void run(Consumer<StepResult> results) {
        String key = compiled.key().toString();
        Instant began = clock().instant();
        log.journal(at -> new JournalRecord.StepOpened(at, key));
        log.event((run, at) -> new RunEvent.StepStarted(run, at, compiled.key(), compiled.row()));
        try {
            Look.Done end = untilDone();
            results.accept(finish(
                    end.evidence(), didSomething ? StepResult.Outcome.DONE : StepResult.Outcome.ALREADY_DONE, began));
        } catch (RuntimeException failure) {
            results.accept(finish(String.valueOf(failure.getMessage()), StepResult.Outcome.FAILED, began));
            throw failure;
        }
    }

    private StepResult finish(String evidence, StepResult.Outcome outcome, Instant began) {
        StepResult result =
                new StepResult(compiled.row(), outcome, done, evidence, Duration.between(began, clock().instant()));
        log.journal(at -> new JournalRecord.StepClosed(at, compiled.key().toString(), outcome, evidence));
        log.event((run, at) -> new RunEvent.StepFinished(run, at, compiled.key(), result));
        return result;
    }

    /** Every turn either ends, does something that was missing, or learns what became of something of unknown outcome. */
    private Look.Done untilDone() {
        Look look = lookUntilKnown();
        while (look instanceof Look.Missing missing) {
            requireTime(missing.evidence());
            StepException doubt = doMissing(missing);
            look = doubt == null ? confirm() : lookUntilKnown();
            if (look instanceof Look.Missing still) {
                giveUpIfHopeless(still, doubt);
            }
        }
        return (Look.Done) look;
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
        for (Operation operation : compiled.operations()) {
            if (missing.operationIds().contains(operation.id())) {
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

    private void perform(Operation operation) {
        operations.perform(operation, live, () -> isStillMissing(operation), deadline);
        didSomething = true;
        if (operation.info().change() != Change.NOTHING) {
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
        Instant patience = clock().instant().plus(CONFIRM);
        Look look = lookUntilKnown();
        while (look instanceof Look.Missing missing && clock().instant().isBefore(patience)) {
            requireTime(missing.evidence());
            pause();
            look = lookUntilKnown();
        }
        return look;
    }

    private Look lookUntilKnown() {
        Look look = look();
        while (look instanceof Look.Unknown unknown) {
            requireTime(unknown.evidence());
            pause();
            look = look();
        }
        return look;
    }

    private Look look() {
        return retries.call(compiled.key(), () -> step.look(live));
    }

    private void pause() {
        cancellation.sleep(POLL);
        cancellation.check();
    }

    private void requireTime(String evidence) {
        cancellation.check();
        if (!clock().instant().isBefore(deadline)) {
            throw refused(
                    RunCode.DEADLINE,
                    "The step '" + compiled.row().title() + "' did not end within " + compiled.deadline() + ": "
                            + evidence);
        }
    }

    private static StepRefusedException refused(ErrorCode code, String what) {
        return new StepRefusedException(Problem.of(code, what));
    }

    private Clock clock() {
        return log.clock();
    }
}
