// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.console;

import dev.sluice.api.operation.Question;
import dev.sluice.api.run.PendingAction;
import dev.sluice.api.run.RecordedRun;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The lines that stay: what happened, each once. */
final class EventText {
    /** Of a long list: the report and the journal have all of it. */
    private static final int MOST = 20;

    private EventText() {}

    /** Nothing for what is shown while it goes on. */
    static List<String> of(RunEvent event, RunView view, Instant now) {
        List<String> lines = event instanceof RunEvent.PersonNeeded needed ? person(needed.action()) : ofRun(event);
        if (lines.isEmpty()) {
            lines = ofStep(event, view, now);
        }
        return lines.stream().map(Printable::line).toList();
    }

    private static List<String> ofRun(RunEvent event) {
        if (event instanceof RunEvent.RunStarted started) {
            return List.of("Run " + started.run() + ": " + started.steps() + " steps");
        } else if (event instanceof RunEvent.RunResumed resumed) {
            return List.of("Run " + resumed.run() + " goes on: " + resumed.steps()
                    + " steps, what was done before is looked at");
        } else if (event instanceof RunEvent.RunLeft left) {
            return List.of(left(left.left()));
        } else if (event instanceof RunEvent.RunFinished finished) {
            return end(finished.result());
        } else if (event instanceof RunEvent.CopyStartsOver over) {
            return List.of("    the copy starts over: its snapshots were gone; "
                    + over.dropped().size() + " things that it had made were dropped");
        } else if (event instanceof RunEvent.ReplicaMoved moved) {
            return List.of("    " + moved.move());
        } else if (event instanceof RunEvent.Warning warning) {
            return List.of("    warning: " + warning.problem());
        } else if (event instanceof RunEvent.OutcomeUnknown unknown) {
            return List.of("    nobody knows whether it was done, so the server is asked: "
                    + unknown.problem().what());
        } else if (event instanceof RunEvent.UndoPlayed undo) {
            return List.of("    " + undo.outcome().name().toLowerCase(Locale.ROOT) + ": " + undo.purpose()
                    + (undo.detail().isBlank() ? "" : ", " + undo.detail()));
        }
        return List.of();
    }

    private static List<String> ofStep(RunEvent event, RunView view, Instant now) {
        if (event instanceof RunEvent.StepFinished step) {
            return List.of(step(view, step.result()));
        } else if (event instanceof RunEvent.LockReleased lock) {
            return List.of("    writers waited " + lock.held().toMillis() + " ms while the snapshots opened");
        } else if (event instanceof RunEvent.RetryScheduled retry && isToBeTold(retry.failedAttempt())) {
            return List.of("    try " + retry.failedAttempt() + " failed, the next in " + Amounts.time(retry.pause())
                    + ": " + retry.problem().what());
        } else if (event instanceof RunEvent.CopyPaused pause && view.isPauseToBeTold(now)) {
            return List.of("    the copy pauses: " + pause.reason());
        } else if (event instanceof RunEvent.CopyWentOn on && on.paused().compareTo(Duration.ofSeconds(10)) >= 0) {
            return List.of("    the copy goes on after " + Amounts.time(on.paused()));
        }
        return List.of();
    }

    /** The first ones, then ever more rarely. */
    private static boolean isToBeTold(int attempt) {
        return attempt <= 3 || Integer.bitCount(attempt) == 1;
    }

    private static String step(RunView view, StepResult result) {
        String mark = switch (result.outcome()) {
            case DONE -> "done    ";
            case ALREADY_DONE -> "as it is";
            case FAILED -> "FAILED  ";
            case NOT_REACHED -> "-       ";
        };
        return "  " + view.place() + " " + mark + " " + result.row().title() + ", " + Amounts.time(result.took())
                + (result.evidence().isBlank() ? "" : ": " + result.evidence());
    }

    private static String left(RecordedRun run) {
        return "Run " + run.id() + ", begun at " + run.began().truncatedTo(ChronoUnit.SECONDS)
                + ", waits for somebody to resume or abandon it: " + run.about();
    }

    private static List<String> end(RunResult result) {
        List<String> lines = new ArrayList<>();
        lines.add("Run " + result.id() + " "
                + result.state().name().toLowerCase(Locale.ROOT) + " after " + Amounts.time(result.took())
                + result.problem().map(problem -> ": " + problem).orElse(""));
        result.left().stream().limit(MOST).forEach(left -> lines.add("    still in place: " + left));
        if (result.left().size() > MOST) {
            lines.add("    and " + (result.left().size() - MOST) + " more");
        }
        return lines;
    }

    private static List<String> person(PendingAction action) {
        List<String> lines = new ArrayList<>();
        lines.add("  A person is needed: " + action.purpose());
        action.instructions().forEach(line -> lines.add("      " + line));
        lines.add("      then confirm the action " + action.id() + ", until "
                + action.deadline().truncatedTo(ChronoUnit.MINUTES));
        action.question().map(Question::text).ifPresent(question -> lines.add("      and answer: " + question));
        return lines;
    }
}
