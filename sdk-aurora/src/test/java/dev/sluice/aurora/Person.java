// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.run.PendingAction;
import dev.sluice.api.run.ReplicationRun;
import java.time.Duration;
import java.util.List;

/** Who does what a run asks for, one action at a time. */
record Person(ReplicationRun run) {
    /** Waits for the next action, which is to be this one, with this command. */
    PendingAction isAskedFor(String operation, String command) {
        await().atMost(Duration.ofSeconds(90))
                .until(() -> run.status().state().isFinal()
                        || run.pendingActions().stream()
                                .anyMatch(action -> action.id().endsWith("/" + operation)));
        List<PendingAction> pending = run.pendingActions();
        assertThat(pending).singleElement().satisfies(action -> {
            assertThat(action.id()).endsWith("/" + operation);
            assertThat(action.instructions()).singleElement().asString().startsWith(command);
        });
        return pending.get(0);
    }

    /** Says that it was done. */
    void confirms(PendingAction action) {
        run.confirm(action.id(), "ada");
    }

    /** Says of several that are asked for at once that they were done. */
    void confirmsAll(String... operations) {
        await().atMost(Duration.ofSeconds(90))
                .until(() ->
                        run.status().state().isFinal() || run.pendingActions().size() == operations.length);
        List<PendingAction> pending = run.pendingActions();
        assertThat(pending)
                .extracting(action -> action.id().substring(action.id().lastIndexOf('/') + 1))
                .containsExactlyInAnyOrder(operations);
        pending.forEach(this::confirms);
    }

    void confirms(PendingAction action, String answer) {
        run.confirm(action.id(), "ada", answer);
    }
}
