// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.document.Document;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.run.RunId;
import dev.sluice.api.run.RunState;
import dev.sluice.api.run.StepResult;
import dev.sluice.api.verify.TableComparison;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.core.journal.JournalRecord.UndoRegistered;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the records of a run tell to who goes on with it. Not changed once it was read. */
final class RunHistory {
    private final RunId run;
    private final UndoHistory undos = new UndoHistory();
    private final Set<String> stepsBegun = new HashSet<>();
    private final Set<String> stepsDone = new HashSet<>();
    private final Set<OperationName> operationsDone = new HashSet<>();
    private JournalRecord.@Nullable RunOpened opened;
    private JournalRecord.@Nullable RunClosed closed;
    private JournalRecord.@Nullable OperationOpened inDoubt;
    private boolean isAbandoned;
    private boolean isComplete;
    private boolean madePassword;
    private @Nullable Document coordinates;
    private JournalRecord.@Nullable CopyFinished copy;
    private Duration heldUp = Duration.ZERO;
    private final Map<TableName, JournalRecord.TableLoaded> loaded = new LinkedHashMap<>();
    private @Nullable OperationName running;
    private @Nullable OperationName loadedBy;
    private final Map<TableName, JournalRecord.TableCompared> compared = new LinkedHashMap<>();
    private final Map<String, String> answers = new HashMap<>();

    private RunHistory(RunId run) {
        this.run = run;
    }

    /** An operation, by the key of its step. */
    private record OperationName(String step, String operation) {}

    /**
     * As these records have it.
     *
     * @throws StepRefusedException RUN_UNKNOWN if the run was never opened
     */
    static RunHistory of(RunId run, List<JournalRecord> records) {
        RunHistory history = new RunHistory(run);
        records.forEach(history::add);
        if (history.opened == null) {
            throw new StepRefusedException(Problem.of(RunCode.RUN_UNKNOWN, "The journal has no run " + run));
        }
        return history;
    }

    private void add(JournalRecord entry) {
        if (entry instanceof JournalRecord.RunOpened begun) {
            opened = begun;
        } else if (entry instanceof JournalRecord.RunResumed) {
            closed = null;
        } else if (entry instanceof JournalRecord.RunAbandoned) {
            isAbandoned = true;
            closed = null;
        } else if (entry instanceof JournalRecord.StepsDone) {
            isComplete = true;
        } else if (entry instanceof JournalRecord.RunClosed end) {
            closed = end;
        } else if (entry instanceof JournalRecord.StepOpened step) {
            stepsBegun.add(step.step());
        } else if (entry instanceof JournalRecord.StepClosed step) {
            if (step.outcome() != StepResult.Outcome.FAILED) {
                stepsDone.add(step.step());
            }
        } else {
            addDetail(entry);
        }
    }

    private void addDetail(JournalRecord entry) {
        if (entry instanceof UndoRegistered undo) {
            undos.add(undo);
        } else if (entry instanceof JournalRecord.UndoSettled undo) {
            undos.add(undo);
        } else if (entry instanceof JournalRecord.SlotFilled slot) {
            coordinates = slot.value();
        } else if (entry instanceof JournalRecord.PasswordMadeUp) {
            madePassword = true;
        } else if (entry instanceof JournalRecord.TableLoaded table) {
            loadedBy = running;
            loaded.put(TableName.of(table.database(), table.table()), table);
        } else if (entry instanceof JournalRecord.CopyFinished finished) {
            copy = finished;
        } else if (entry instanceof JournalRecord.WritersHeldUp writers) {
            heldUp = heldUp.plus(writers.held());
        } else if (entry instanceof JournalRecord.TableCompared table) {
            compared.put(TableName.of(table.database(), table.table()), table);
        } else if (entry instanceof JournalRecord.ActionConfirmed action) {
            answers.put(action.action(), action.answer());
        } else {
            addOperation(entry);
        }
    }

    private void addOperation(JournalRecord entry) {
        if (entry instanceof JournalRecord.OperationOpened operation) {
            inDoubt = operation;
            // Only looking at it again, even in vain, leaves a step as done as it was.
            stepsDone.remove(operation.step());
            begin(new OperationName(operation.step(), operation.operation()));
        } else if (entry instanceof JournalRecord.OperationClosed operation) {
            inDoubt = null;
            operationsDone.add(new OperationName(operation.step(), operation.operation()));
        } else if (entry instanceof JournalRecord.OperationFailed) {
            inDoubt = null;
        }
    }

    /** A copy that is begun anew loads other tables, perhaps: what the one before it had loaded was dropped. */
    private void begin(OperationName operation) {
        operationsDone.remove(operation);
        if (operation.equals(loadedBy)) {
            loaded.clear();
        }
        running = operation;
    }

    RunId run() {
        return run;
    }

    JournalRecord.RunOpened opened() {
        JournalRecord.RunOpened known = opened;
        if (known == null) {
            throw new IllegalStateException("Looked at when the history was read");
        }
        return known;
    }

    /** Empty if the run has not come to its end since it was last begun, resumed or abandoned. */
    Optional<RunState> end() {
        return Optional.ofNullable(closed).map(JournalRecord.RunClosed::state);
    }

    /** Why it ended, {@code ""} if it did not say. */
    String endReason() {
        return Optional.ofNullable(closed).map(JournalRecord.RunClosed::reason).orElse("");
    }

    /** Whether somebody has begun to take it back. */
    boolean isBeingTakenBack() {
        return isAbandoned;
    }

    /** Whether all steps are done, and only its end is missing. */
    boolean isComplete() {
        return isComplete;
    }

    UndoHistory undos() {
        return undos;
    }

    boolean hasBegun(String step) {
        return stepsBegun.contains(step);
    }

    boolean isDone(String step) {
        return stepsDone.contains(step);
    }

    boolean isDone(String step, String operation) {
        return operationsDone.contains(new OperationName(step, operation));
    }

    /** Whether any operation was begun at all. */
    boolean hasDoneAnything() {
        return inDoubt != null || !operationsDone.isEmpty() || undos.count() > 0;
    }

    /** The operation of which nobody knows what became of it. */
    Optional<JournalRecord.OperationOpened> inDoubt() {
        return Optional.ofNullable(inDoubt);
    }

    /** The last that were found. */
    Optional<Document> coordinates() {
        return Optional.ofNullable(coordinates);
    }

    /** Whether the run has given an account that it made a password which nobody has written down. */
    boolean madePassword() {
        return madePassword;
    }

    /** What people have said of each action that they confirmed, by its id. */
    Map<String, String> answers() {
        return Map.copyOf(answers);
    }

    /** That of the last copy that came to its end; empty if none did, or if its journal does not tell yet. */
    Optional<JournalRecord.CopyFinished> copy() {
        return Optional.ofNullable(copy);
    }

    /** How long writers on the source were held up, by all snapshots together. */
    Duration heldUp() {
        return heldUp;
    }

    /** The tables that were compared and are equal. */
    List<TableComparison> compared() {
        return compared.entrySet().stream()
                .map(table -> new TableComparison(
                        table.getKey(),
                        TableComparison.Result.EQUAL,
                        table.getValue().sourceRows(),
                        table.getValue().replicaRows(),
                        Math.toIntExact(table.getValue().chunks()),
                        0,
                        List.of(),
                        List.of()))
                .toList();
    }

    /** Of all tables that were loaded. */
    long rows() {
        return copy().map(JournalRecord.CopyFinished::rows).orElseGet(() -> ofTables(JournalRecord.TableLoaded::rows));
    }

    /** What the last copy has loaded. */
    LoadedTables loadedTables() {
        return new LoadedTables(loaded.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, table -> table.getValue().rows())));
    }

    long bytes() {
        return copy().map(JournalRecord.CopyFinished::bytes)
                .orElseGet(() -> ofTables(JournalRecord.TableLoaded::bytes));
    }

    private long ofTables(ToLongFunction<JournalRecord.TableLoaded> what) {
        return loaded.values().stream().mapToLong(what).sum();
    }

    /** The replica's server UUID when the run was started, {@code ""} for one that the plan creates. */
    String replicaUuid() {
        return facts("replica").flatMap(facts -> facts.findText("server-uuid")).orElse("");
    }

    /** Whether it only stops, starts or compares a replication, and leaves nothing that others could build on. */
    boolean isPause() {
        return opened().compiled()
                .findDocument("plan")
                .flatMap(plan -> plan.findText("plan"))
                .filter(kind -> kind.equals("pause") || kind.equals("verify"))
                .isPresent();
    }

    /** Its servers, for people. */
    String about() {
        String replica = facts("replica").map(RunHistory::address).orElse("?");
        return facts("source")
                        .map(RunHistory::address)
                        .map(source -> source + " to ")
                        .orElse("")
                + replica;
    }

    private Optional<Document> facts(String role) {
        return opened().compiled().findDocument(role);
    }

    private static String address(Document facts) {
        return facts.findText("host").orElse("?") + ":" + (facts.has("port") ? facts.number("port") : "?");
    }

    /** That nobody has changed it since it was written: what was opened must have the fingerprint under which it was. */
    void requireFingerprint(String fingerprint) {
        if (!opened().fingerprint().equals(fingerprint)) {
            throw new StepRefusedException(Problem.of(
                    RunCode.PLAN_CHANGED,
                    "The run " + run + " was opened with the fingerprint " + opened().fingerprint()
                            + ", and its plan in the journal has " + fingerprint));
        }
    }
}
