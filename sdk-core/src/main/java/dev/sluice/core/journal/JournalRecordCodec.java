// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.journal;

import dev.sluice.api.document.Document;
import dev.sluice.api.error.Effect;
import dev.sluice.api.run.RunEvent.UndoOutcome;
import dev.sluice.api.run.RunState;
import dev.sluice.api.run.StepResult;
import dev.sluice.core.journal.JournalRecord.ActionConfirmed;
import dev.sluice.core.journal.JournalRecord.CopyFinished;
import dev.sluice.core.journal.JournalRecord.OperationClosed;
import dev.sluice.core.journal.JournalRecord.OperationFailed;
import dev.sluice.core.journal.JournalRecord.OperationOpened;
import dev.sluice.core.journal.JournalRecord.PasswordMadeUp;
import dev.sluice.core.journal.JournalRecord.RunAbandoned;
import dev.sluice.core.journal.JournalRecord.RunClosed;
import dev.sluice.core.journal.JournalRecord.RunOpened;
import dev.sluice.core.journal.JournalRecord.RunResumed;
import dev.sluice.core.journal.JournalRecord.SlotFilled;
import dev.sluice.core.journal.JournalRecord.StepClosed;
import dev.sluice.core.journal.JournalRecord.StepOpened;
import dev.sluice.core.journal.JournalRecord.StepsDone;
import dev.sluice.core.journal.JournalRecord.TableCompared;
import dev.sluice.core.journal.JournalRecord.TableLoaded;
import dev.sluice.core.journal.JournalRecord.UndoRegistered;
import dev.sluice.core.journal.JournalRecord.UndoSettled;
import dev.sluice.core.journal.JournalRecord.WritersHeldUp;
import dev.sluice.core.json.Json;
import dev.sluice.core.plan.OperationCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** Journal records as lines of JSON, each with the version of its form. */
public final class JournalRecordCodec {
    /** Of records that were never changed. */
    private static final long FIRST = 1;

    /** The latest form of each record that has more than one. */
    private static final Map<String, Long> LATEST = Map.of("UndoSettled", 2L);

    /** The first form of an undo's end did not say whether it counts; these never did. */
    private static final Set<String> VOID_BEFORE =
            Set.of("the change was not made", "the run succeeded", "taken over by a later step");

    private JournalRecordCodec() {}

    /** On one line. */
    public static String write(JournalRecord entry) {
        String type = entry.getClass().getSimpleName();
        Document head = Document.empty()
                .with("v", latest(type))
                .with("at", entry.at().toString())
                .with("type", type);
        return Json.write(
                entry instanceof UndoRegistered || entry instanceof UndoSettled
                        ? writeUndo(head, entry)
                        : writeProgress(head, entry));
    }

    private static long latest(String type) {
        return LATEST.getOrDefault(type, FIRST);
    }

    private static Document writeUndo(Document head, JournalRecord entry) {
        if (entry instanceof UndoRegistered undo) {
            return head.with("undo", undo.undoId())
                    .with("step", undo.step())
                    .with("operation", undo.operation())
                    .with("target", undo.target())
                    .with("reverse", OperationCodec.writeUndo(undo.undo()));
        }
        UndoSettled undo = (UndoSettled) entry;
        return head.with("undo", undo.undoId())
                .with("outcome", undo.outcome().name())
                .with("detail", undo.detail())
                .with("counts", undo.counts());
    }

    private static Document writeProgress(Document head, JournalRecord entry) {
        if (entry instanceof RunOpened run) {
            return head.with("fingerprint", run.fingerprint()).with("compiled", run.compiled());
        } else if (entry instanceof StepOpened step) {
            return head.with("step", step.step());
        } else if (entry instanceof StepClosed step) {
            return head.with("step", step.step())
                    .with("outcome", step.outcome().name())
                    .with("evidence", step.evidence());
        } else if (entry instanceof OperationOpened operation) {
            return head.with("step", operation.step())
                    .with("operation", operation.operation())
                    .with("attempt", operation.attempt());
        } else if (entry instanceof OperationClosed operation) {
            return head.with("step", operation.step()).with("operation", operation.operation());
        } else if (entry instanceof OperationFailed operation) {
            return head.with("step", operation.step())
                    .with("operation", operation.operation())
                    .with("code", operation.code())
                    .with("effect", operation.effect().name());
        }
        return writeValues(head, entry);
    }

    private static Document writeValues(Document head, JournalRecord entry) {
        if (entry instanceof SlotFilled slot) {
            return head.with("slot", slot.slot()).with("value", slot.value());
        } else if (entry instanceof PasswordMadeUp account) {
            return head.with("user", account.user()).with("host", account.host());
        } else if (entry instanceof TableLoaded table) {
            return head.with("database", table.database())
                    .with("table", table.table())
                    .with("rows", table.rows())
                    .with("bytes", table.bytes());
        }
        if (entry instanceof CopyFinished copy) {
            return head.with("rows", copy.rows())
                    .with("bytes", copy.bytes())
                    .with("took", copy.took().toString());
        } else if (entry instanceof WritersHeldUp writers) {
            return head.with("held", writers.held().toString());
        }
        if (entry instanceof TableCompared table) {
            return head.with("database", table.database())
                    .with("table", table.table())
                    .with("source-rows", table.sourceRows())
                    .with("replica-rows", table.replicaRows())
                    .with("chunks", table.chunks());
        }
        if (entry instanceof ActionConfirmed action) {
            return head.with("action", action.action()).with("by", action.by()).with("answer", action.answer());
        }
        if (entry instanceof RunAbandoned || entry instanceof RunResumed || entry instanceof StepsDone) {
            return head;
        }
        RunClosed run = (RunClosed) entry;
        return head.with("state", run.state().name()).with("reason", run.reason());
    }

    /**
     * What {@link #write} of this version or an earlier one has written.
     *
     * @throws IllegalArgumentException if it is no record, or one of a later version
     */
    public static JournalRecord read(String line) {
        Document document = Json.read(line);
        long version = document.number("v");
        if (version < FIRST || version > latest(document.text("type"))) {
            throw new IllegalArgumentException(
                    "A journal record " + document.text("type") + " of version " + version + " is not known");
        }
        Instant at = Instant.parse(document.text("at"));
        return switch (document.text("type")) {
            case "RunOpened" -> new RunOpened(at, document.text("fingerprint"), document.document("compiled"));
            case "StepOpened" -> new StepOpened(at, document.text("step"));
            case "StepClosed" ->
                new StepClosed(
                        at,
                        document.text("step"),
                        StepResult.Outcome.valueOf(document.text("outcome")),
                        document.text("evidence"));
            case "UndoRegistered" ->
                new UndoRegistered(
                        at,
                        document.text("undo"),
                        document.text("step"),
                        document.text("operation"),
                        document.text("target"),
                        OperationCodec.readUndo(document.document("reverse")));
            case "UndoSettled" -> readUndoSettled(document, at);
            case "SlotFilled" -> new SlotFilled(at, document.text("slot"), document.document("value"));
            case "PasswordMadeUp" -> new PasswordMadeUp(at, document.text("user"), document.text("host"));
            case "TableLoaded" ->
                new TableLoaded(
                        at,
                        document.text("database"),
                        document.text("table"),
                        document.number("rows"),
                        document.number("bytes"));
            case "CopyFinished" ->
                new CopyFinished(
                        at, document.number("rows"), document.number("bytes"), Duration.parse(document.text("took")));
            case "WritersHeldUp" -> new WritersHeldUp(at, Duration.parse(document.text("held")));
            case "TableCompared" ->
                new TableCompared(
                        at,
                        document.text("database"),
                        document.text("table"),
                        document.number("source-rows"),
                        document.number("replica-rows"),
                        document.number("chunks"));
            case "ActionConfirmed" ->
                new ActionConfirmed(
                        at,
                        document.text("action"),
                        document.text("by"),
                        document.findText("answer").orElse(""));
            case "StepsDone" -> new StepsDone(at);
            case "RunResumed" -> new RunResumed(at);
            case "RunAbandoned" -> new RunAbandoned(at);
            case "RunClosed" -> new RunClosed(at, RunState.valueOf(document.text("state")), document.text("reason"));
            default -> readOperation(document, at);
        };
    }

    private static UndoSettled readUndoSettled(Document document, Instant at) {
        UndoOutcome outcome = UndoOutcome.valueOf(document.text("outcome"));
        String detail = document.text("detail");
        boolean counts = document.number("v") == FIRST
                ? outcome != UndoOutcome.LEFT || !VOID_BEFORE.contains(detail)
                : document.truth("counts");
        return new UndoSettled(at, document.text("undo"), outcome, detail, counts);
    }

    private static JournalRecord readOperation(Document document, Instant at) {
        String step = document.text("step");
        String operation = document.text("operation");
        return switch (document.text("type")) {
            case "OperationOpened" -> new OperationOpened(at, step, operation, (int) document.number("attempt"));
            case "OperationClosed" -> new OperationClosed(at, step, operation);
            case "OperationFailed" ->
                new OperationFailed(
                        at, step, operation, document.text("code"), Effect.valueOf(document.text("effect")));
            default -> throw new IllegalArgumentException("Unknown type of journal record: " + document.text("type"));
        };
    }
}
