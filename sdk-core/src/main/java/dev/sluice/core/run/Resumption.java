// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.CopyOperation;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.SnapshotOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.core.plan.CoordinatesCodec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a run does first that another process has begun, and what it need not do any more. Immutable. */
final class Resumption {
    private final RunHistory history;
    private final CompiledPlan compiled;
    private final RunLog log;

    Resumption(RunHistory history, CompiledPlan compiled, RunLog log) {
        this.history = history;
        this.compiled = compiled;
        this.log = log;
    }

    RunHistory history() {
        return history;
    }

    /** Fills in what the run had found out. Coordinates of snapshots that are gone, and were not loaded, are void. */
    void restore(RunMemory memory, UndoList undos) {
        undos.restore(compiled, history);
        memory.madePassword(history.madePassword());
        memory.restoreTold(history.answers());
        memory.restoreHeldUp(history.heldUp());
        memory.restoreCompared(history.compared());
        if (isLoaded()) {
            memory.restore(coordinates(), history.rows(), history.bytes(), copyTook());
            memory.restoreLoaded(history.loadedTables());
        } else if (!isReadFromTheSource()) {
            memory.restore(coordinates());
        }
    }

    private Duration copyTook() {
        return history.copy().map(JournalRecord.CopyFinished::took).orElse(Duration.ZERO);
    }

    private Optional<Coordinates> coordinates() {
        return history.coordinates().map(CoordinatesCodec::read);
    }

    /** Whether every row was confirmed before. */
    boolean isLoaded() {
        return step(GuideStep.LOAD)
                .filter(load -> history.isDone(load.key().toString()) || copyIsDone(load))
                .isPresent();
    }

    /** What is loaded otherwise, by calls of a management API, its step can look at: nothing of that starts over. */
    private boolean copies() {
        return step(GuideStep.LOAD).stream()
                .flatMap(load -> load.operations().stream())
                .anyMatch(CopyOperation.class::isInstance);
    }

    private boolean copyIsDone(CompiledStep load) {
        return load.operations().stream()
                .filter(CopyOperation.class::isInstance)
                .anyMatch(copy -> history.isDone(load.key().toString(), copy.id()));
    }

    private boolean isReadFromTheSource() {
        return compiled.steps().stream()
                .flatMap(step -> step.operations().stream())
                .filter(SnapshotOperation.class::isInstance)
                .map(Operation::info)
                .anyMatch(info -> info.target() == Target.SOURCE);
    }

    /**
     * Cleans up what the process could not that has died: guards, and a copy that did not come to its end. To be done under the claim.
     *
     * @throws StepRefusedException COPY_STAYS if rows would stay to which the new copy would add its own
     */
    void cleanUp(UndoList undos, UndoPlayer player) {
        tellOfDoubt();
        undos.play(Set.of(UndoScope.GUARD), player);
        if (copies() && !isLoaded() && undos.has(GuideStep.LOAD, UndoScope.ROLLBACK)) {
            startOver(undos, player);
        }
    }

    private void tellOfDoubt() {
        history.inDoubt().ifPresent(operation -> {
            Problem problem = Problem.of(
                    RunCode.OUTCOME_LEFT,
                    "The process that drove the run ended while it did '" + operation.operation() + "' of "
                            + operation.step());
            log.event((run, at) -> new RunEvent.OutcomeUnknown(run, at, StepKey.parse(operation.step()), problem));
        });
    }

    private void startOver(UndoList undos, UndoPlayer player) {
        int before = undos.undone().size();
        undos.playEarly(GuideStep.LOAD, UndoScope.ROLLBACK, player);
        List<String> all = undos.undone();
        List<String> dropped = all.subList(before, all.size());
        StepKey load = step(GuideStep.LOAD).orElseThrow().key();
        log.event((run, at) -> new RunEvent.CopyStartsOver(run, at, load, dropped));
        if (undos.has(GuideStep.LOAD, UndoScope.ROLLBACK)) {
            throw new StepRefusedException(Problem.of(RunCode.COPY_STAYS, String.join("; ", undos.leftovers())));
        }
    }

    /** Whether a row has had its time: later ones take back on purpose what it did, or build on it. */
    boolean isPassedOver(GuideStep row) {
        return switch (row) {
            case RETAIN_BINLOGS -> hasBegun(GuideStep.RELAX_RETENTION);
            // What it was read from is gone, or goes, once the load is done.
            case SNAPSHOT -> isLoaded();
            // A server that somebody has made is judged before it is pointed anywhere.
            case LOAD -> isLoaded() && !copies() && hasBegun(GuideStep.ENABLE_REPLICATION);
            case DISABLE_REDO_LOG -> isLoaded();
            default -> false;
        };
    }

    private boolean hasBegun(GuideStep row) {
        return step(row).filter(step -> history.hasBegun(step.key().toString())).isPresent();
    }

    /** Whether a step came to its end before. */
    boolean wasDone(CompiledStep step) {
        return history.isDone(step.key().toString());
    }

    private Optional<CompiledStep> step(GuideStep row) {
        return compiled.steps().stream().filter(step -> step.row() == row).findFirst();
    }
}
