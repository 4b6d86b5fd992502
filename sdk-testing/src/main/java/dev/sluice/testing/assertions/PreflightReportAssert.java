// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.assertions;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.PreflightReport;
import java.util.function.Predicate;
import org.assertj.core.api.AbstractAssert;

/** Assertions about what preflight found. */
public final class PreflightReportAssert extends AbstractAssert<PreflightReportAssert, PreflightReport> {
    PreflightReportAssert(PreflightReport report) {
        super(report, PreflightReportAssert.class);
    }

    /** Nothing forbids the run; there may be warnings. */
    public PreflightReportAssert passed() {
        return require(isThere().passed(), "that nothing forbids the run");
    }

    /** Something forbids the run. */
    public PreflightReportAssert didNotPass() {
        return require(!isThere().passed(), "that something forbids the run");
    }

    /** Nothing was found at all. */
    public PreflightReportAssert foundNothing() {
        return require(isThere().findings().isEmpty(), "that nothing is found");
    }

    /** This check found something; its id is one of {@code docs/preflight.md}. */
    public PreflightReportAssert found(String check) {
        return require(has(one -> one.check().equals(check)), "a finding of " + check);
    }

    /** This check found something of this level. */
    public PreflightReportAssert found(String check, Finding.Level level) {
        return require(
                has(one -> one.check().equals(check) && one.level() == level),
                "a finding of " + check + " as " + level);
    }

    /** Something with this code was found. */
    public PreflightReportAssert found(ErrorCode code) {
        return require(has(one -> one.problem().code().id().equals(code.id())), "a finding with " + code.id());
    }

    /** This check was made and found nothing. */
    public PreflightReportAssert foundNothingBy(String check) {
        boolean isMade = isThere().checks().contains(check);
        return require(
                isMade && !has(one -> one.check().equals(check)), "that " + check + " is made and finds nothing");
    }

    /** The plan left this check out. */
    public PreflightReportAssert leftOut(String check) {
        return require(isThere().skipped().contains(check), "that " + check + " is left out");
    }

    private boolean has(Predicate<Finding> which) {
        return isThere().findings().stream().anyMatch(which);
    }

    private PreflightReport isThere() {
        isNotNull();
        return actual;
    }

    private PreflightReportAssert require(boolean holds, String expected) {
        if (!holds) {
            failWithMessage(
                    "%s", "Expected " + expected + "\nbut there were\n  " + actual + "\n  made: " + actual.checks());
        }
        return this;
    }
}
