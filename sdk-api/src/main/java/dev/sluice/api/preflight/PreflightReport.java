// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.preflight;

import dev.sluice.api.document.Document;
import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.error.Problem;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What preflight found for one compiled plan. Immutable and thread-safe.
 *
 * @param fingerprint the compiled plan's fingerprint
 * @param takenAt when it ended, by this JVM's clock
 * @param checks the ids of all checks that ran
 * @param skipped the ids of those that the plan left out
 * @param findings errors first
 */
public record PreflightReport(
        String fingerprint, Instant takenAt, List<String> checks, List<String> skipped, List<Finding> findings) {
    public PreflightReport {
        checks = List.copyOf(checks);
        skipped = List.copyOf(skipped);
        findings =
                findings.stream().sorted(Comparator.comparing(Finding::level)).toList();
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

    /**
     * For programs: {@code fingerprint}, {@code takenAt} (ISO 8601, UTC), {@code passed}, {@code checks}, {@code skipped} and {@code findings}
     * ({@link Finding#toDocument()}). {@code Sluice.toJson(report)} writes it as JSON.
     */
    public Document toDocument() {
        return Document.empty()
                .with("fingerprint", fingerprint)
                .with("takenAt", takenAt.toString())
                .with("passed", passed())
                .withTexts("checks", checks)
                .withTexts("skipped", skipped)
                .withAll("findings", findings.stream().map(Finding::toDocument).toList());
    }

    /** For people: a line per finding. */
    @Override
    public String toString() {
        String head = checks.size() + " checks, " + findings.size() + " findings"
                + (skipped.isEmpty() ? "" : ", left out: " + String.join(", ", skipped));
        return findings.stream()
                .map(Finding::toString)
                .collect(Collectors.joining("\n  ", head + "\n  ", ""))
                .strip();
    }
}
