// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.CopyOperation;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.Slot;
import dev.sluice.api.operation.SnapshotOperation;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.VerifyOperation;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.spi.OperationOutcome;
import dev.sluice.api.verify.TableComparison;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.core.plan.CoordinatesCodec;
import dev.sluice.core.verify.Verifier;
import dev.sluice.core.verify.VerifyCode;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The operations that move or compare data, and what the run remembers of them. */
final class DataWork {
    private final RunMemory memory;
    private final RunLog log;
    private final SnapshotWork snapshots;
    private final CopyWork copies;
    private final VerifyWork comparisons;

    DataWork(RunMemory memory, RunLog log, SnapshotWork snapshots, CopyWork copies, VerifyWork comparisons) {
        this.memory = memory;
        this.log = log;
        this.snapshots = snapshots;
        this.copies = copies;
        this.comparisons = comparisons;
    }

    void snapshot(SnapshotOperation operation, RunLive live) {
        snapshots.take(operation, live);
        slotFilled();
    }

    /** Keeps where the snapshot stands, as a look has shown it. */
    void stands(Coordinates coordinates) {
        if (memory.snapshotStands(coordinates)) {
            slotFilled();
        }
    }

    private void slotFilled() {
        var coordinates = memory.coordinates();
        if (coordinates != null) {
            log.journal(at -> new JournalRecord.SlotFilled(
                    at, Slot.SNAPSHOT_COORDINATES.name(), CoordinatesCodec.write(coordinates)));
        }
    }

    void copy(CopyOperation operation, RunLive live, Consumer<Undo> undos) {
        copies.copy(operation, live, undos);
        copyFinished();
    }

    private void copyFinished() {
        log.journal(at -> new JournalRecord.CopyFinished(at, memory.rows(), memory.bytes(), memory.copyTook()));
    }

    void verify(VerifyOperation operation, RunLive live, ApplierGuard guard) {
        accept(comparisons.compare(operation, live, guard));
    }

    /** Keeps what an engine with an access of its own tells of an operation. */
    void keep(OperationOutcome outcome, Operation operation) {
        var coordinates = outcome.coordinates();
        if (coordinates != null) {
            memory.snapshotOpened(coordinates, null, Duration.ZERO);
            slotFilled();
        }
        if (operation instanceof CopyOperation) {
            memory.loaded(outcome.rows(), outcome.bytes(), Duration.ZERO);
            copyFinished();
        }
        VerificationReport report = outcome.verification();
        if (report != null) {
            accept(report);
        }
    }

    private void accept(VerificationReport report) {
        memory.verified(report);
        if (!report.isClean()) {
            Problem problem = isDifferent(report)
                    ? Problem.of(RunCode.NOT_EQUAL, "The replica differs: " + firstDifferences(report))
                    : Problem.of(
                            VerifyCode.NOT_DECIDED, "Nothing was found to differ, but " + firstDifferences(report));
            log.event((run, at) -> new RunEvent.Warning(run, at, problem));
            throw new StepRefusedException(problem);
        }
    }

    private static boolean isDifferent(VerificationReport report) {
        return !List.of(Verifier.DEFINITIONS_LEFT).containsAll(report.structure())
                || report.tables().stream().anyMatch(table -> table.result() == TableComparison.Result.DIFFERENT);
    }

    private static String firstDifferences(VerificationReport report) {
        return Stream.concat(
                        report.structure().stream(),
                        report.tables().stream()
                                .filter(table -> table.result() != TableComparison.Result.EQUAL)
                                .map(table -> table.table() + " is " + table.result() + " " + table.differences()))
                .limit(10)
                .collect(Collectors.joining("; "));
    }
}
