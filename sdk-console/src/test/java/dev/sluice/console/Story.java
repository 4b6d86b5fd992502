// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.console;

import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunId;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.run.StepResult;
import dev.sluice.api.run.TableProgress;
import dev.sluice.api.spi.StepKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Events as runs tell them. */
record Story(RunId run) {
    static final Instant BEGIN = Instant.parse("2026-11-22T10:00:00Z");

    private enum Code implements ErrorCode {
        ONE;

        @Override
        public String id() {
            return "TEST-001";
        }

        @Override
        public String meaning() {
            return "Something is wrong";
        }

        @Override
        public String remedy() {
            return "Do something";
        }
    }

    static Story of(String run) {
        return new Story(new RunId(run));
    }

    RunEvent started() {
        return new RunEvent.RunStarted(run, BEGIN, "print", 12);
    }

    RunEvent resumed() {
        return new RunEvent.RunResumed(run, BEGIN, "print", 12);
    }

    RunEvent begins(GuideStep row) {
        return new RunEvent.StepStarted(run, BEGIN, key(), row);
    }

    RunEvent ends(GuideStep row, StepResult.Outcome outcome, String evidence) {
        return new RunEvent.StepFinished(
                run, BEGIN, key(), new StepResult(row, outcome, List.of(), evidence, Duration.ofSeconds(75)));
    }

    /** So many tables are under way, the first one the biggest. */
    RunEvent copies(long rows, long estimate, int tables) {
        List<TableProgress> open = IntStream.range(0, tables)
                .mapToObj(number -> new TableProgress(
                        TableName.of("shop", "table_" + number), rows / tables, (tables - number) * 1_000L, 5_000))
                .toList();
        return new RunEvent.Progress(
                run, BEGIN, rows, estimate, rows * 50, estimate * 50, 45_000, 2_250_000, Duration.ofSeconds(95), open);
    }

    RunEvent copied(String table) {
        return new RunEvent.TableCopied(run, BEGIN, new TableProgress(TableName.of("shop", table), 10, 10, 100));
    }

    RunEvent pauses(String reason) {
        return new RunEvent.CopyPaused(run, BEGIN, reason);
    }

    RunEvent goesOn(Duration after) {
        return new RunEvent.CopyWentOn(run, BEGIN, after);
    }

    RunEvent retries(int attempt) {
        return new RunEvent.RetryScheduled(run, BEGIN, key(), attempt, Duration.ofSeconds(8), problem(), 490, 990);
    }

    RunEvent isBehind(long seconds) {
        return new RunEvent.LagObserved(run, BEGIN, Duration.ofSeconds(seconds), "running");
    }

    RunEvent compares(int tables, int done, long rows, long again) {
        return new RunEvent.Comparing(run, BEGIN, tables, done, rows, 200_000, again);
    }

    RunEvent is(RunState state) {
        return new RunEvent.StateChanged(run, BEGIN, state);
    }

    RunEvent finishes(RunState state, List<String> left) {
        RunResult result = new RunResult(
                run,
                state,
                List.of(),
                null,
                0,
                0,
                Duration.ZERO,
                Duration.ZERO,
                null,
                null,
                state == RunState.SUCCEEDED ? null : problem(),
                List.of(),
                left,
                Duration.ofSeconds(3_700));
        return new RunEvent.RunFinished(run, BEGIN, result);
    }

    static Problem problem() {
        return Problem.of(Code.ONE, "the server said no");
    }

    private static StepKey key() {
        return new StepKey(new EngineId("core"), "load-snapshot", 1);
    }
}
