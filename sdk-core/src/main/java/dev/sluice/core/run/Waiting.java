// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.PersonOperation;
import dev.sluice.api.operation.WaitOperation;
import dev.sluice.api.run.PendingAction;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunState;
import dev.sluice.api.spi.StepKey;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Waits for servers and for people, never without a deadline. */
final class Waiting {
    private static final Duration PERSON_POLL = Duration.ofSeconds(1);

    private final People people;
    private final Consumer<RunState> state;
    private final RunLog log;

    Waiting(People people, Consumer<RunState> state, RunLog log) {
        this.people = people;
        this.state = state;
        this.log = log;
    }

    RunLog log() {
        return log;
    }

    void until(BooleanSupplier isMissing, WaitOperation wait, StepTime time) {
        Instant began = log.clock().instant();
        Instant end = end(wait.deadline());
        while (isMissing.getAsBoolean()) {
            requireTime(time);
            if (isPast(end)) {
                throw new StepRefusedException(
                        Problem.of(RunCode.DEADLINE, "Waited in vain until " + wait.condition()));
            }
            pause(next(began, time), time);
        }
    }

    /** Waits until the servers show that it was done, or, where they cannot, somebody says so. */
    void forPerson(BooleanSupplier isMissing, RunLive live, PersonOperation action) {
        StepTime time = live.time();
        Instant began = log.clock().instant();
        Instant end = end(action.deadline());
        PendingAction pending = new PendingAction(
                actionId(live.step().key(), action.id()),
                action.info().purpose(),
                action.instructions(),
                end.isBefore(time.deadline()) ? end : time.deadline(),
                action.questionOrNull());
        people.ask(pending);
        log.event((run, at) -> new RunEvent.PersonNeeded(run, at, pending));
        state.accept(RunState.WAITING_FOR_PERSON);
        try {
            while (isMissing.getAsBoolean() && !people.isConfirmed(pending.id())) {
                time.heldUpBy("nobody did yet: " + pending.purpose());
                requireTime(time);
                if (isPast(end)) {
                    throw new StepRefusedException(
                            Problem.of(RunCode.PERSON_LATE, "Nobody did in time: " + pending.purpose()));
                }
                Duration next = next(began, time);
                pause(next.compareTo(PERSON_POLL) < 0 ? PERSON_POLL : next, time);
            }
            people.told(pending.id()).ifPresent(answer -> live.memory().told(pending.id(), answer));
        } finally {
            people.done(pending.id());
            state.accept(RunState.RUNNING);
        }
    }

    /** What people, and the journal, call an operation that a person does. */
    static String actionId(StepKey step, String operation) {
        return step.name() + "/" + operation;
    }

    private Duration next(Instant began, StepTime time) {
        return time.pace().after(Duration.between(began, log.clock().instant()));
    }

    private Instant end(Duration own) {
        return log.clock().instant().plus(own);
    }

    private boolean isPast(Instant end) {
        return !log.clock().instant().isBefore(end);
    }

    private void requireTime(StepTime time) {
        time.cancellation().check();
        if (isPast(time.deadline())) {
            throw new StepRefusedException(time.problem());
        }
    }

    private static void pause(Duration pause, StepTime time) {
        time.cancellation().sleep(pause);
        time.cancellation().check();
    }
}
