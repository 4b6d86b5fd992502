// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.report;

import dev.sluice.api.document.Document;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.PreflightReport;

/** What was looked at before the run, and what was found. */
final class ChecksPart {
    private final PreflightReport report;

    ChecksPart(PreflightReport report) {
        this.report = report;
    }

    Document document() {
        return Document.empty()
                .with("takenAt", report.takenAt().toString())
                .withTexts("checks", report.checks())
                .withAll(
                        "findings",
                        report.findings().stream().map(ChecksPart::finding).toList());
    }

    private static Document finding(Finding finding) {
        return Document.empty()
                .with("check", finding.check())
                .with("level", finding.level().name())
                .with("code", finding.problem().code().id())
                .with("what", finding.problem().what())
                .with("remedy", finding.problem().remedy());
    }
}
