// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.assertions;

import dev.sluice.report.RunReport;
import org.assertj.core.api.AbstractAssert;

/** Assertions about the report of a run. */
public final class RunReportAssert extends AbstractAssert<RunReportAssert, RunReport> {
    RunReportAssert(RunReport report) {
        super(report, RunReportAssert.class);
    }

    /** Its JSON contains this text. */
    public RunReportAssert says(String part) {
        return require(isThere().toJson().contains(part), "a report with '" + part + "'");
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

    private RunReportAssert require(boolean holds, String expected) {
        if (!holds) {
            failWithMessage("%s", "Expected " + expected + "\nbut it is\n" + actual.toJson());
        }
        return this;
    }
}
