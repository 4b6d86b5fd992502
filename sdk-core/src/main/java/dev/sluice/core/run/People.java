// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.run.PendingAction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What people have to do for a run, and what they said they did. Thread-safe. */
final class People {
    private final Map<String, PendingAction> pending = new LinkedHashMap<>();
    private final Set<String> confirmed = new HashSet<>();

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

    synchronized void requirePending(String actionId) {
        if (!pending.containsKey(actionId)) {
            throw new IllegalArgumentException("No action " + actionId + " is pending among " + pending.keySet());
        }
    }

    /** One that was done in the meantime needs no word any more. */
    synchronized void confirm(String actionId) {
        if (pending.containsKey(actionId)) {
            confirmed.add(actionId);
        }
    }

    synchronized boolean isConfirmed(String actionId) {
        return confirmed.contains(actionId);
    }
}
