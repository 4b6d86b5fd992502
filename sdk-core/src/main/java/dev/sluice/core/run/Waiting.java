// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.PersonOperation;
import dev.sluice.api.operation.WaitOperation;
import dev.sluice.api.run.PendingAction;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunState;
import dev.sluice.core.mysql.Cancellation;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Waits for servers and for people, never without a deadline. */
final class Waiting {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PERSON_POLL = Duration.ofSeconds(1);

    private final Cancellation cancellation;
    private final People people;
    private final Consumer<RunState> state;
    private final RunLog log;

    Waiting(Cancellation cancellation, People people, Consumer<RunState> state, RunLog log) {
        this.cancellation = cancellation;
        this.people = people;
        this.state = state;
        this.log = log;
    }

    RunLog log() {
        return log;
    }

    void until(BooleanSupplier isMissing, WaitOperation wait, Instant stepDeadline) {
        Instant deadline = earlier(stepDeadline, wait.deadline());
        while (isMissing.getAsBoolean()) {
            if (!log.clock().instant().isBefore(deadline)) {
                throw new StepRefusedException(
                        Problem.of(RunCode.DEADLINE, "Waited in vain until " + wait.condition()));
            }
            pause(POLL);
        }
    }

    /** Waits until the servers show that it was done, or, where they cannot, somebody says so. */
    void forPerson(BooleanSupplier isMissing, CompiledStep step, PersonOperation action, Instant stepDeadline) {
        Instant deadline = earlier(stepDeadline, action.deadline());
        PendingAction pending = new PendingAction(
                step.key().name() + "/" + action.id(), action.info().purpose(), action.instructions(), deadline);
        people.ask(pending);
        log.event((run, at) -> new RunEvent.PersonNeeded(run, at, pending));
        state.accept(RunState.WAITING_FOR_PERSON);
        try {
            while (isMissing.getAsBoolean() && !people.isConfirmed(pending.id())) {
                if (!log.clock().instant().isBefore(deadline)) {
                    throw new StepRefusedException(
                            Problem.of(RunCode.PERSON_LATE, "Nobody did in time: " + pending.purpose()));
                }
                pause(PERSON_POLL);
            }
        } finally {
            people.done(pending.id());
            state.accept(RunState.RUNNING);
        }
    }

    private Instant earlier(Instant stepDeadline, Duration own) {
        Instant deadline = log.clock().instant().plus(own);
        return deadline.isBefore(stepDeadline) ? deadline : stepDeadline;
    }

    private void pause(Duration time) {
        cancellation.sleep(time);
        cancellation.check();
    }
}
