// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.assertions;

import dev.sluice.api.document.Document;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a failing message shows of a run's report, which has every statement and can be of any size. */
final class ReportText {
    /** Of tables, undos and the like, which a run can have thousands of. */
    private static final int MOST = 10;

    private ReportText() {}

    /** State, steps, tables, comparison and what is left, in some lines. */
    static String of(Document report) {
        ReportParts parts = ReportParts.of(report);
        return "  " + report.text("run") + ": "
                + report.findDocument("result").map(ReportText::result).orElse("has not ended") + "\n"
                + parts.steps().stream().map(ReportText::step).collect(Collectors.joining())
                + "  copied "
                + some(parts.copies().stream().map(ReportText::copy).toList())
                + "\n  verification "
                + parts.verification().map(ReportText::verification).orElse("was not made");
    }

    private static String result(Document result) {
        return result.text("state")
                + result.findDocument("problem")
                        .map(why -> ", because of: "
                                + PlanText.cut(why.text("code") + " "
                                        + why.findText("what").orElse("")))
                        .orElse("")
                + "; " + result.number("rowsCopied") + " rows copied; undone " + some(result.texts("undone"))
                + "; left " + some(result.texts("left"));
    }

    private static String step(Document step) {
        return "    " + step.text("row") + " " + step.findText("outcome").orElse("has not ended") + ": "
                + PlanText.cut(step.findText("evidence").orElse("")) + "\n";
    }

    private static String copy(Document table) {
        return table.text("table") + " (" + table.number("rows") + " rows)";
    }

    private static String verification(Document verification) {
        List<Document> tables = verification.list("tables", Function.identity());
        List<String> unequal = tables.stream()
                .filter(one -> !one.text("result").equals("EQUAL"))
                .map(one -> one.text("table") + " " + one.text("result") + " " + some(one.texts("differences")))
                .toList();
        return "of " + tables.size() + " tables has " + verification.number("mismatches") + " mismatches; not equal "
                + some(unequal) + "; definitions " + some(verification.texts("structure"));
    }

    /** The first of them, each cut. */
    private static String some(List<String> all) {
        String first = all.stream().limit(MOST).map(PlanText::cut).collect(Collectors.joining(", "));
        return "[" + first + (all.size() > MOST ? ", and " + (all.size() - MOST) + " more" : "") + "]";
    }
}
