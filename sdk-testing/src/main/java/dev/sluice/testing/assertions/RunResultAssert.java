// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.assertions;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.run.StepResult;
import dev.sluice.api.run.StepResult.Outcome;
import dev.sluice.api.verify.VerificationReport;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/** Assertions about what a run came to. */
public final class RunResultAssert extends AbstractAssert<RunResultAssert, RunResult> {
    RunResultAssert(RunResult result) {
        super(result, RunResultAssert.class);
    }

    /** All steps are done and confirmed. */
    public RunResultAssert succeeded() {
        return ended(RunState.SUCCEEDED);
    }

    /** It ended in this state. */
    public RunResultAssert ended(RunState state) {
        return require(isThere().state() == state, "a run that ended as " + state);
    }

    /** It failed, with this code. */
    public RunResultAssert failedWith(ErrorCode code) {
        return failedWith(code.id());
    }

    /** It failed, with this code, such as {@code CORE-612}. */
    public RunResultAssert failedWith(String code) {
        boolean is =
                isThere().problem().filter(why -> why.code().id().equals(code)).isPresent();
        return require(is && actual.state() == RunState.FAILED, "a run that failed with " + code);
    }

    /** In these rows something was done, in this order, and in no others; a row that failed does not count. */
    public RunResultAssert did(GuideStep... rows) {
        return require(rows(Outcome.DONE).equals(List.of(rows)), "something done in exactly the rows " + List.of(rows));
    }

    /** It failed in this row. */
    public RunResultAssert failedIn(GuideStep row) {
        return require(rows(Outcome.FAILED).equals(List.of(row)), "a failure in the row " + row);
    }

    private List<GuideStep> rows(Outcome outcome) {
        return isThere().steps().stream()
                .filter(step -> step.outcome() == outcome)
                .map(StepResult::row)
                .toList();
    }

    /** Nothing on any server was changed: it found all done. */
    public RunResultAssert changedNothing() {
        return require(!isThere().changedSomething(), "a run that changed nothing");
    }

    /** So many rows were copied. */
    public RunResultAssert copiedRows(long rows) {
        return require(
                isThere().rowsCopied() == rows,
                rows + " rows to be copied, and not " + isThere().rowsCopied());
    }

    /** It took at most so long, by the clock of its Sluice. */
    public RunResultAssert tookAtMost(Duration time) {
        return require(isThere().took().compareTo(time) <= 0, "a run of at most " + TimeText.of(time));
    }

    /** It took at least so long, by the clock of its Sluice. */
    public RunResultAssert tookAtLeast(Duration time) {
        return require(isThere().took().compareTo(time) >= 0, "a run of at least " + TimeText.of(time));
    }

    /** Nothing is still in place that the run should have undone. */
    public RunResultAssert leftNothing() {
        return require(isThere().left().isEmpty(), "nothing to be left");
    }

    /** Something is still in place, and a line that says so contains this text. */
    public RunResultAssert left(String part) {
        return require(isThere().left().stream().anyMatch(line -> line.contains(part)), "'" + part + "' to be left");
    }

    /** Something was undone, and a line that says so contains this text. */
    public RunResultAssert undid(String part) {
        return require(
                isThere().undone().stream().anyMatch(line -> line.contains(part)), "'" + part + "' to be undone");
    }

    /** Replica and source were compared, and nothing differs. */
    public RunResultAssert isVerified() {
        boolean clean =
                isThere().verification().filter(VerificationReport::isClean).isPresent();
        return require(clean, "a clean verification");
    }

    private RunResult isThere() {
        isNotNull();
        return actual;
    }

    private RunResultAssert require(boolean holds, String expected) {
        if (!holds) {
            failWithMessage("%s", "Expected " + expected + "\nbut it was\n" + text());
        }
        return this;
    }

    private String text() {
        String steps = actual.steps().stream()
                .map(step -> "  " + step.row() + " " + step.outcome() + " " + step.operationsDone() + ": "
                        + step.evidence() + "\n")
                .collect(Collectors.joining());
        return "  " + actual.state() + " after " + TimeText.of(actual.took())
                + actual.problem()
                        .map(Problem::toString)
                        .map(why -> ", because of: " + why)
                        .orElse("") + "\n"
                + steps
                + "  copied " + actual.rowsCopied() + " rows; undone " + actual.undone() + "; left " + actual.left()
                + "; verification "
                + actual.verification().map(VerificationReportAssert::text).orElse("was not made");
    }
}
