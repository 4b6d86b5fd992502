// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.PersonOperation;
import dev.sluice.api.run.PendingAction;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.Cancellation;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Undos that a person has to play, since nobody has credentials for the call: asked for, and done once somebody says so. No server can show that
 * something of the provider's is gone. One thread at a time.
 */
final class AskedUndos {
    private static final Duration POLL = Duration.ofMillis(500);

    private final People people;
    private final RunLog log;
    /** The actions, by the ids of their undos. */
    private final Map<String, String> actions = new LinkedHashMap<>();

    AskedUndos(People people, RunLog log) {
        this.people = people;
        this.log = log;
    }

    /**
     * Asks for it, once.
     *
     * @return false if nobody could answer
     */
    boolean ask(String undo, StepKey step, ControlPlaneOperation call) {
        if (!people.canAnswer()) {
            return false;
        }
        String id = Waiting.actionId(step, call.id());
        if (actions.putIfAbsent(undo, id) == null) {
            Instant until = log.clock().instant().plus(PersonOperation.DEFAULT_DEADLINE);
            PendingAction action = new PendingAction(id, call.info().purpose(), List.of(call.command()), until, null);
            people.ask(action);
            log.event((run, at) -> new RunEvent.PersonNeeded(run, at, action));
        }
        return true;
    }

    /** Whether it is still to be done. */
    boolean isAskedFor(String undo) {
        return actions.containsKey(undo);
    }

    /** Whether somebody has said that it was done. */
    boolean isDone(String undo) {
        String action = actions.get(undo);
        return action != null && people.isConfirmed(action);
    }

    /** It need not be done any more, or was. */
    void forget(String undo) {
        String action = actions.remove(undo);
        if (action != null) {
            people.done(action);
        }
    }

    /** Takes back all that nobody has done by now; the next attempt asks again. */
    void withdraw() {
        List.copyOf(actions.keySet()).forEach(this::forget);
    }

    /**
     * Waits until everything is done, for as long as people have.
     *
     * @param settle told again and again, to see what was done
     */
    void await(Cancellation cancellation, Runnable settle) {
        Instant end = log.clock().instant().plus(PersonOperation.DEFAULT_DEADLINE);
        Duration poll = DrivenClock.pollOfPeople(log.clock(), POLL);
        settle.run();
        while (!actions.isEmpty() && log.clock().instant().isBefore(end) && cancellation.sleep(poll)) {
            settle.run();
        }
    }

    boolean isEmpty() {
        return actions.isEmpty();
    }
}
