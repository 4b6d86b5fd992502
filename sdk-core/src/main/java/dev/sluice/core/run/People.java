// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.run.PendingAction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What people have to do for a run, and what they said they did. Thread-safe. */
final class People {
    private final Map<String, PendingAction> pending = new LinkedHashMap<>();
    /** What was told of each that somebody has confirmed. */
    private final Map<String, String> confirmed = new HashMap<>();

    private boolean isOutOfReach;

    /** Of a run that nobody has a handle of. */
    synchronized void cannotAnswer() {
        isOutOfReach = true;
    }

    synchronized boolean canAnswer() {
        return !isOutOfReach;
    }

    synchronized void ask(PendingAction action) {
        pending.put(action.id(), action);
    }

    synchronized void done(String actionId) {
        pending.remove(actionId);
        confirmed.remove(actionId);
    }

    synchronized List<PendingAction> pending() {
        return new ArrayList<>(pending.values());
    }

    /** @param answer {@code ""} for none */
    synchronized void requirePending(String actionId, String answer) {
        PendingAction action = pending.get(actionId);
        if (action == null) {
            throw new IllegalArgumentException("No action " + actionId + " is pending among " + pending.keySet());
        }
        boolean fits =
                action.question().map(question -> question.isAnsweredBy(answer)).orElse(answer.isEmpty());
        if (!fits) {
            throw new IllegalArgumentException(action.question()
                    .map(question -> "The action " + actionId + " asks for " + question.text())
                    .orElse("The action " + actionId + " asks nothing"));
        }
    }

    /** One that was done in the meantime needs no word any more. */
    synchronized void confirm(String actionId, String answer) {
        if (pending.containsKey(actionId)) {
            confirmed.put(actionId, answer);
        }
    }

    synchronized boolean isConfirmed(String actionId) {
        return confirmed.containsKey(actionId);
    }

    /** What was told of it, {@code ""} where nothing was asked; empty as long as nobody has confirmed it. */
    synchronized Optional<String> told(String actionId) {
        return Optional.ofNullable(confirmed.get(actionId));
    }
}
