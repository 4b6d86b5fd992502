// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.micrometer;

import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerIdentity;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.run.RecordedRun;
import dev.sluice.api.run.ReplicaMove;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunId;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.run.StepResult;
import dev.sluice.api.run.TableProgress;
import dev.sluice.api.spi.StepKey;
import dev.sluice.api.verify.TableComparison;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.testing.MockCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events of one run, as a run tells them. */
record Events(RunId run) {
    static final Problem PROBLEM = Problem.of(MockCode.UNAVAILABLE, "db1.corp.example is away");
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final StepKey KEY = new StepKey(new EngineId("external"), "load", 1);
    private static final TableName TABLE = new TableName("shop", "orders");

    static Events of(String run) {
        return new Events(new RunId(run));
    }

    RunEvent started() {
        return new RunEvent.RunStarted(run, AT, "fingerprint", 3);
    }

    RunEvent resumed() {
        return new RunEvent.RunResumed(run, AT, "fingerprint", 3);
    }

    RunEvent left() {
        RecordedRun recorded =
                new RecordedRun(run, AT, RecordedRun.Condition.LEFT, "db1.corp.example to db2", null, List.of());
        return new RunEvent.RunLeft(run, AT, recorded);
    }

    RunEvent state(RunState state) {
        return new RunEvent.StateChanged(run, AT, state);
    }

    RunEvent stepStarted(GuideStep row) {
        return new RunEvent.StepStarted(run, AT, KEY, row);
    }

    RunEvent stepFinished(GuideStep row, StepResult.Outcome outcome, Duration took) {
        return new RunEvent.StepFinished(run, AT, KEY, new StepResult(row, outcome, List.of(), "seen", took));
    }

    RunEvent retry() {
        return new RunEvent.RetryScheduled(run, AT, KEY, 1, Duration.ofSeconds(1), PROBLEM, 9, 99);
    }

    RunEvent outcomeUnknown() {
        return new RunEvent.OutcomeUnknown(run, AT, KEY, PROBLEM);
    }

    RunEvent warning() {
        return new RunEvent.Warning(run, AT, PROBLEM);
    }

    RunEvent undo(RunEvent.UndoOutcome outcome) {
        return new RunEvent.UndoPlayed(run, AT, "the account", outcome, "");
    }

    RunEvent lock(Duration held) {
        return new RunEvent.LockReleased(run, AT, held);
    }

    RunEvent progress(long rows, long bytes, long estimatedBytes) {
        return new RunEvent.Progress(run, AT, rows, rows, bytes, estimatedBytes, 1, 1, null, List.of());
    }

    RunEvent table() {
        return new RunEvent.TableCopied(run, AT, new TableProgress(TABLE, 10, 10, 100));
    }

    RunEvent startsOver() {
        return new RunEvent.CopyStartsOver(run, AT, KEY, List.of());
    }

    RunEvent pace(int readers, int writers) {
        return new RunEvent.CopyPaceChanged(run, AT, readers, writers, null);
    }

    RunEvent paused() {
        return new RunEvent.CopyPaused(run, AT, "db1.corp.example is busy");
    }

    RunEvent wentOn(Duration paused) {
        return new RunEvent.CopyWentOn(run, AT, paused);
    }

    RunEvent lag(@Nullable Duration lag) {
        return new RunEvent.LagObserved(run, AT, lag, "waits");
    }

    RunEvent moved() {
        return new RunEvent.ReplicaMoved(run, AT, KEY, move());
    }

    static ReplicaMove move() {
        ServerIdentity server =
                new ServerIdentity("3e11fa47-71ca-11e1-9e33-c80aa9429562", "db2", true, Duration.ofHours(1));
        return new ReplicaMove("db2.corp.example", server, server, List.of(), ReplicaMove.Outcome.STARTED, "runs");
    }

    RunEvent finished(RunState state, String... left) {
        return finished(state, null, left);
    }

    RunEvent finished(RunState state, @Nullable VerificationReport verification, String... left) {
        RunResult result = new RunResult(
                run,
                state,
                List.of(),
                null,
                10,
                100,
                Duration.ofSeconds(5),
                Duration.ofMillis(20),
                null,
                verification,
                state == RunState.SUCCEEDED ? null : PROBLEM,
                List.of(),
                List.of(left),
                Duration.ofSeconds(60));
        return new RunEvent.RunFinished(run, AT, result);
    }

    static VerificationReport report(TableComparison.Result result, String... structure) {
        TableComparison table = new TableComparison(TABLE, result, 10, 10, 1, 0, List.of(), List.of());
        return new VerificationReport(List.of(table), List.of(structure), Duration.ofSeconds(7));
    }
}
