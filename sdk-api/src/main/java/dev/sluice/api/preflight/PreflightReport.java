// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.preflight;

import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.error.Problem;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What preflight found for one compiled plan. Immutable and thread-safe.
 *
 * @param fingerprint the compiled plan's fingerprint
 * @param takenAt when it ended, by this JVM's clock
 * @param checks the ids of all checks that ran
 * @param findings errors first
 */
public record PreflightReport(String fingerprint, Instant takenAt, List<String> checks, List<Finding> findings) {
    public PreflightReport {
        checks = List.copyOf(checks);
        findings = findings.stream()
                .sorted(java.util.Comparator.comparing(Finding::level))
                .toList();
    }

    /** Whether nothing forbids the run. */
    public boolean passed() {
        return errors().isEmpty();
    }

    /** What forbids the run. */
    public List<Problem> errors() {
        return findings.stream()
                .filter(f -> f.level() == Finding.Level.ERROR)
                .map(Finding::problem)
                .toList();
    }

    /**
     * This report, if nothing forbids the run.
     *
     * @throws PlanRejectedException with all errors
     */
    public PreflightReport orThrow() {
        List<Problem> errors = errors();
        if (!errors.isEmpty()) {
            throw new PlanRejectedException(errors);
        }
        return this;
    }

    /** For people: a line per finding. */
    @Override
    public String toString() {
        String head = checks.size() + " checks, " + findings.size() + " findings";
        return findings.stream()
                .map(Finding::toString)
                .collect(Collectors.joining("\n  ", head + "\n  ", ""))
                .strip();
    }
}
