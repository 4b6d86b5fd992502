// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.demo;

import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.preflight.PreflightReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A preflight as a reader wants it: how many checks, what they say on the whole, and each finding with what helps. */
record PreflightText(PreflightReport report) {
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("  " + report.checks().size() + " checks looked at both servers and at the way between them: "
                + verdict());
        report.findings().forEach(finding -> {
            lines.add("");
            lines.add("  " + finding.level().name().toLowerCase(Locale.ROOT) + ", " + finding.check() + " ("
                    + finding.problem().code().id() + ")");
            lines.add("    what   " + finding.evidence());
            lines.add("    helps  " + finding.remedy());
        });
        return lines;
    }

    private String verdict() {
        if (report.findings().isEmpty()) {
            return "nothing was found";
        }
        return count(Level.ERROR, "error") + ", " + count(Level.WARNING, "warning") + ", " + count(Level.NOTE, "note")
                + (report.passed() ? ". Nothing forbids the run" : ". The run does not start");
    }

    private String count(Level level, String name) {
        long number = report.findings().stream()
                .map(Finding::level)
                .filter(level::equals)
                .count();
        return number + " " + name + (number == 1 ? "" : "s");
    }
}
