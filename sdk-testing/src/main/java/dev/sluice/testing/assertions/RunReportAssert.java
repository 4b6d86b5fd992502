// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.assertions;

import dev.sluice.api.document.Document;
import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.run.RunState;
import dev.sluice.api.run.StepResult.Outcome;
import dev.sluice.api.verify.TableComparison;
import dev.sluice.report.RunReport;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about the report of a run, as it is in its JSON; of a run that was resumed, about all that its processes have told together. A failing
 * message has the report in short, whatever its size.
 *
 * <pre>{@code
 * RunReport report = RunReport.fromJson(Files.readString(folder.resolve(run.id() + ".json")));
 * assertThat(report).ended(RunState.SUCCEEDED).copied(TableName.of("shop", "orders"), 1_000).isVerified().leftNothing();
 * }</pre>
 */
public final class RunReportAssert extends AbstractAssert<RunReportAssert, RunReport> {
    RunReportAssert(RunReport report) {
        super(report, RunReportAssert.class);
    }

    /** All steps are done and confirmed. */
    public RunReportAssert succeeded() {
        return ended(RunState.SUCCEEDED);
    }

    /**
     * The run ended in this state.
     *
     * @param state one in which nothing more happens; a report is of a run that goes on until it tells one of these
     */
    public RunReportAssert ended(RunState state) {
        return require(
                result().filter(one -> one.text("state").equals(state.name())).isPresent(),
                "the report of a run that ended as " + state);
    }

    /** The run failed, with this code. */
    public RunReportAssert failedWith(ErrorCode code) {
        return failedWith(code.id());
    }

    /** The run failed, with this code, such as {@code CORE-612}. */
    public RunReportAssert failedWith(String code) {
        boolean is = result().filter(one -> one.text("state").equals(RunState.FAILED.name()))
                .flatMap(one -> one.findDocument("problem"))
                .filter(why -> why.text("code").equals(code))
                .isPresent();
        return require(is, "the report of a run that failed with " + code);
    }

    /** In these rows something was done, in this order, and in no others; a row that failed, or found all done, does not count. */
    public RunReportAssert did(GuideStep... rows) {
        List<String> names = List.of(rows).stream().map(GuideStep::name).toList();
        List<String> there = parts().steps().stream()
                .filter(step -> step.findText("outcome")
                        .filter(Outcome.DONE.name()::equals)
                        .isPresent())
                .map(step -> step.text("row"))
                .toList();
        return require(there.equals(names), "something done in exactly the rows " + names);
    }

    /** So many rows of this table were copied, and the replica confirmed them. */
    public RunReportAssert copied(TableName table, long rows) {
        Optional<Document> copy = ReportParts.ofTable(parts().copies(), table);
        return require(
                copy.filter(one -> one.number("rows") == rows).isPresent(),
                rows + " rows of " + table + " to be copied"
                        + copy.map(one -> ", and not " + one.number("rows")).orElse(", of which no copy is told"));
    }

    /** So many rows were copied, of all tables together, since the run was started. */
    public RunReportAssert copiedRows(long rows) {
        return require(
                result().filter(one -> one.number("rowsCopied") == rows).isPresent(), rows + " rows to be copied");
    }

    /** Replica and source were compared, and nothing differs. */
    public RunReportAssert isVerified() {
        return require(parts().verification().filter(one -> one.truth("clean")).isPresent(), "a clean verification");
    }

    /** Rows of this table are proven to differ. */
    public RunReportAssert differsIn(TableName table) {
        boolean differs = parts().verification()
                .flatMap(one -> ReportParts.ofTable(one.list("tables", compared -> compared), table))
                .filter(one -> one.text("result").equals(TableComparison.Result.DIFFERENT.name()))
                .isPresent();
        return require(differs, "differences in " + table);
    }

    /** The run has ended, and nothing is still in place that it should have undone. */
    public RunReportAssert leftNothing() {
        return require(result().filter(one -> one.texts("left").isEmpty()).isPresent(), "nothing to be left");
    }

    /** Something is still in place, and a line that says so contains this text. */
    public RunReportAssert left(String part) {
        return require(tells("left", part), "'" + part + "' to be left");
    }

    /** Something was undone, and a line that says so contains this text. */
    public RunReportAssert undid(String part) {
        return require(tells("undone", part), "'" + part + "' to be undone");
    }

    private boolean tells(String member, String part) {
        return result().filter(one -> one.texts(member).stream().anyMatch(line -> line.contains(part)))
                .isPresent();
    }

    /** Its JSON contains this text. */
    public RunReportAssert says(String part) {
        return require(isThere().toJson().contains(part), "a report with '" + part + "' in its JSON");
    }

    /** Neither its JSON nor its page contains this text: a password, for instance. */
    public RunReportAssert doesNotSay(String part) {
        boolean says = isThere().toJson().contains(part) || isThere().toHtml().contains(part);
        if (says) {
            // Neither the text nor the report: it may be a password.
            failWithMessage(
                    "Expected a report without the text that was given, of %s characters, and it is there",
                    part.length());
        }
        return this;
    }

    private RunReport isThere() {
        isNotNull();
        return actual;
    }

    private Optional<Document> result() {
        return isThere().document().findDocument("result");
    }

    private ReportParts parts() {
        return ReportParts.of(isThere().document());
    }

    private RunReportAssert require(boolean holds, String expected) {
        if (!holds) {
            failWithMessage("%s", "Expected " + expected + "\nbut it is\n" + ReportText.of(actual.document()));
        }
        return this;
    }
}
