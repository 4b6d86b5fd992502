// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.report;

import dev.sluice.api.document.Document;
import dev.sluice.api.error.Problem;
import dev.sluice.api.run.RunEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What somebody who reads the report should know beyond the steps: warnings, retries, moves, what was undone. Not thread-safe. */
final class NoteLog {
    private static final int MOST = 1000;

    private final List<Document> notes = new ArrayList<>();
    private long leftOut;

    void add(RunEvent event) {
        note(event).ifPresent(note -> {
            if (notes.size() < MOST) {
                notes.add(note);
            } else {
                leftOut++;
            }
        });
    }

    private static Optional<Document> note(RunEvent event) {
        if (event instanceof RunEvent.Warning warning) {
            return Optional.of(problem(event, "WARNING", warning.problem()));
        } else if (event instanceof RunEvent.RetryScheduled retry) {
            return Optional.of(problem(event, "RETRY", retry.problem()).with("attempt", retry.failedAttempt()));
        } else if (event instanceof RunEvent.OutcomeUnknown unknown) {
            return Optional.of(problem(event, "OUTCOME_UNKNOWN", unknown.problem()));
        }
        return words(event);
    }

    private static Optional<Document> words(RunEvent event) {
        if (event instanceof RunEvent.RunResumed) {
            return Optional.of(note(event, "RESUMED", "Another process, or an earlier one, had begun the run"));
        } else if (event instanceof RunEvent.CopyStartsOver again) {
            return Optional.of(note(event, "COPY_STARTS_OVER", "Dropped: " + String.join("; ", again.dropped())));
        } else if (event instanceof RunEvent.CopyPaused paused) {
            return Optional.of(note(event, "COPY_PAUSED", paused.reason()));
        } else if (event instanceof RunEvent.PersonNeeded needed) {
            return Optional.of(note(event, "PERSON_NEEDED", needed.action().purpose()));
        } else if (event instanceof RunEvent.ReplicaMoved moved) {
            return Optional.of(note(
                    event,
                    "REPLICA_MOVED",
                    moved.move().replica() + ": " + moved.move().replication()));
        } else if (event instanceof RunEvent.UndoPlayed undo) {
            String detail = undo.detail().isEmpty() ? "" : ": " + undo.detail();
            return Optional.of(note(event, "UNDO_" + undo.outcome(), undo.purpose() + detail));
        }
        return Optional.empty();
    }

    private static Document problem(RunEvent event, String kind, Problem problem) {
        return note(event, kind, problem.what())
                .with("code", problem.code().id())
                .with("remedy", problem.remedy());
    }

    private static Document note(RunEvent event, String kind, String text) {
        return Document.empty()
                .with("at", event.at().toString())
                .with("kind", kind)
                .with("text", text);
    }

    List<Document> documents() {
        return List.copyOf(notes);
    }

    /** How many there were beyond those. */
    long leftOut() {
        return leftOut;
    }
}
