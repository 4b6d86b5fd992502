// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.assertions;

import static dev.sluice.api.plan.GuideStep.CREATE_REPLICATION_USER;
import static dev.sluice.api.plan.GuideStep.LOAD;
import static dev.sluice.api.plan.GuideStep.RETAIN_BINLOGS;
import static dev.sluice.api.plan.GuideStep.VERIFY;
import static dev.sluice.testing.assertions.SluiceAssertions.assertThat;
import static dev.sluice.testing.assertions.SluiceAssertions.assertThatThrownBy;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunId;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.run.StepResult;
import dev.sluice.api.run.TableProgress;
import dev.sluice.api.spi.StepKey;
import dev.sluice.api.verify.TableComparison;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.core.Sluice;
import dev.sluice.report.ReportRecorder;
import dev.sluice.report.RunReport;
import dev.sluice.testing.MockCode;
import dev.sluice.testing.MockEngine;
import dev.sluice.testing.MockMySql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each assertion holds where it should, and where it does not the message says what the report has, in a few lines. */
class RunReportAssertTest {
    private static final RunId RUN = new RunId("r-20260504-100000-000001");
    private static final Instant AT = Instant.parse("2026-05-04T10:00:00Z");
    private static final Duration TIME = Duration.ofSeconds(2);
    private static final TableName ORDERS = TableName.of("shop", "orders");
    private static final TableName ITEMS = TableName.of("shop", "items");
    private static final int LONGEST_MESSAGE = 5_000;

    private ReportRecorder recorder = recorder();

    private static ReportRecorder recorder() {
        try (Sluice sluice = MockEngine.create().sluice().build()) {
            CompiledPlan compiled =
                    sluice.compile(ReplicationPlan.from(MockMySql.named("db1")).to(MockMySql.named("db2")));
            return ReportRecorder.of(compiled);
        }
    }

    private void step(GuideStep row, StepResult.Outcome outcome) {
        StepKey key = new StepKey(
                MockMySql.ENGINE, row.name().toLowerCase(Locale.ROOT).replace('_', '-'), 1);
        recorder.onEvent(new RunEvent.StepStarted(RUN, AT, key, row));
        recorder.onEvent(
                new RunEvent.StepFinished(RUN, AT, key, new StepResult(row, outcome, List.of(), "seen " + row, TIME)));
    }

    private void copied(TableName table, long rows) {
        recorder.onEvent(new RunEvent.TableCopied(RUN, AT, new TableProgress(table, rows, rows, 100)));
    }

    private RunReport ended(RunState state, TableComparison.Result items, @Nullable Problem problem, String... left) {
        List<TableComparison> tables = List.of(
                compared(ORDERS, TableComparison.Result.EQUAL, List.of()),
                compared(ITEMS, items, List.of("row id=7 is missing")));
        RunResult result = new RunResult(
                RUN,
                state,
                List.of(),
                null,
                1_007,
                1,
                TIME,
                TIME,
                TIME,
                new VerificationReport(tables, List.of(), TIME),
                problem,
                List.of("dropped the account 'r'@'h'"),
                List.of(left),
                TIME);
        recorder.onEvent(new RunEvent.RunFinished(RUN, AT, result));
        return recorder.report();
    }

    private static TableComparison compared(TableName table, TableComparison.Result result, List<String> differences) {
        return new TableComparison(table, result, 2, 2, 1, 1, differences, List.of());
    }

    @Test
    void ofARunThatSucceeded() {
        step(RETAIN_BINLOGS, StepResult.Outcome.ALREADY_DONE);
        step(CREATE_REPLICATION_USER, StepResult.Outcome.DONE);
        step(LOAD, StepResult.Outcome.DONE);
        copied(ORDERS, 1_000);
        copied(ITEMS, 7);
        RunReport report = ended(RunState.SUCCEEDED, TableComparison.Result.EQUAL, null);

        assertThat(report)
                .succeeded()
                .ended(RunState.SUCCEEDED)
                .did(CREATE_REPLICATION_USER, LOAD)
                .copied(ORDERS, 1_000)
                .copied(ITEMS, 7)
                .copiedRows(1_007)
                .isVerified()
                .undid("'r'@'h'")
                .leftNothing();
        fails(() -> assertThat(report).ended(RunState.FAILED), "ended as FAILED", RUN + ": SUCCEEDED");
        fails(() -> assertThat(report).failedWith(MockCode.REFUSED), "failed with MOCK-002", ": SUCCEEDED");
        fails(() -> assertThat(report).did(LOAD), "exactly the rows [LOAD]", "CREATE_REPLICATION_USER DONE: seen");
        fails(() -> assertThat(report).did(LOAD, CREATE_REPLICATION_USER), "RETAIN_BINLOGS ALREADY_DONE");
        fails(() -> assertThat(report).copied(ORDERS, 999), "999 rows of shop.orders", "and not 1000");
        fails(
                () -> assertThat(report).copied(TableName.of("shop", "order"), 1_000),
                "shop.order to be copied, of which no copy is told",
                "copied [shop.orders (1000 rows), shop.items (7 rows)]");
        fails(() -> assertThat(report).copiedRows(1_000), "1000 rows to be copied", "1007 rows copied");
        fails(() -> assertThat(report).differsIn(ITEMS), "differences in shop.items", "0 mismatches");
        fails(() -> assertThat(report).undid("'s'@'h'"), "'s'@'h'", "undone [dropped the account 'r'@'h']");
        fails(() -> assertThat(report).left("a lock"), "'a lock' to be left", "left []");
        fails(() -> assertThat(report).says("no such thing"), "'no such thing' in its JSON", ": SUCCEEDED");
    }

    @Test
    void ofARunThatFailed() {
        step(LOAD, StepResult.Outcome.FAILED);
        Problem problem = Problem.of(MockCode.REFUSED, "nobody may do this");
        RunReport report = ended(RunState.FAILED, TableComparison.Result.DIFFERENT, problem, "the account 'r'@'h'");

        assertThat(report)
                .ended(RunState.FAILED)
                .failedWith(MockCode.REFUSED)
                .failedWith("MOCK-002")
                .did()
                .differsIn(ITEMS)
                .left("'r'@'h'");
        fails(() -> assertThat(report).succeeded(), "as SUCCEEDED", "FAILED, because of: MOCK-002 nobody may do this");
        fails(() -> assertThat(report).failedWith("CORE-612"), "CORE-612", "MOCK-002");
        fails(
                () -> assertThat(report).isVerified(),
                "a clean verification",
                "shop.items DIFFERENT [row id=7 is missing]");
        fails(() -> assertThat(report).differsIn(ORDERS), "differences in shop.orders", "1 mismatches");
        fails(() -> assertThat(report).leftNothing(), "nothing to be left", "left [the account 'r'@'h']");
    }

    /** Of a run that goes on nothing holds that only its end can tell. */
    @Test
    void ofARunThatHasNotEnded() {
        recorder.onEvent(new RunEvent.StepStarted(RUN, AT, new StepKey(MockMySql.ENGINE, "x", 1), LOAD));
        RunReport report = recorder.report();

        assertThat(report).did();
        for (ThrowingCallable one : List.<ThrowingCallable>of(
                () -> assertThat(report).succeeded(),
                () -> assertThat(report).ended(RunState.RUNNING),
                () -> assertThat(report).failedWith(MockCode.REFUSED),
                () -> assertThat(report).copiedRows(0),
                () -> assertThat(report).isVerified(),
                () -> assertThat(report).leftNothing())) {
            fails(one, RUN + ": has not ended", "LOAD has not ended", "verification was not made");
        }
    }

    /** The first process is killed after the copy; the second compares. */
    @Test
    void ofARunThatWasResumedTheReportIsOneOfTheWhole(@TempDir Path folder) throws IOException {
        step(CREATE_REPLICATION_USER, StepResult.Outcome.DONE);
        step(LOAD, StepResult.Outcome.DONE);
        copied(ORDERS, 1_000);
        recorder.report().writeTo(folder);
        recorder = recorder();
        step(LOAD, StepResult.Outcome.ALREADY_DONE);
        step(VERIFY, StepResult.Outcome.DONE);
        ended(RunState.SUCCEEDED, TableComparison.Result.EQUAL, null).writeTo(folder);
        RunReport report = RunReport.fromJson(Files.readString(folder.resolve(RUN + ".json")));

        assertThat(report)
                .did(CREATE_REPLICATION_USER, LOAD, VERIFY)
                .copied(ORDERS, 1_000)
                .isVerified();
        fails(
                () -> assertThat(report).copied(ORDERS, 7),
                "and not 1000",
                "CREATE_REPLICATION_USER DONE",
                "VERIFY DONE");
    }

    @Test
    void messagesAreShortHoweverMuchThereIs() {
        step(LOAD, StepResult.Outcome.DONE);
        IntStream.range(0, 2_000).forEach(i -> copied(TableName.of("shop", "t" + i), i));
        String[] left = IntStream.range(0, 500)
                .mapToObj("left over number %d"::formatted)
                .toArray(String[]::new);
        RunReport report = ended(
                RunState.FAILED,
                TableComparison.Result.DIFFERENT,
                Problem.of(MockCode.REFUSED, "no".repeat(5_000)),
                left);

        fails(() -> assertThat(report).succeeded(), "shop.t9 (9 rows), and 1990 more", "number 9, and 490 more");
    }

    private static void fails(ThrowingCallable assertion, String... said) {
        assertThatThrownBy(assertion)
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll(said)
                .satisfies(failure -> assertThat(failure.getMessage()).hasSizeLessThan(LONGEST_MESSAGE));
    }
}
