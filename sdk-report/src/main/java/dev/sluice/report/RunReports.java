// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.report;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.preflight.PreflightReport;
import dev.sluice.api.run.RunListener;
import dev.sluice.api.run.RunReporter;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Writes the report of each run into a folder, while it goes on and when it ends: {@code Sluice.builder().reports(RunReports.in(folder))}.
 * Immutable and thread-safe.
 */
public final class RunReports implements RunReporter {
    private final Path folder;

    private RunReports(Path folder) {
        this.folder = folder;
    }

    /**
     * Reports as {@code <run>.json} and a page {@code <run>.html} made from it, readable by the owner only: they name servers, tables and keys of
     * rows that differ. Written when a run begins, after each of its steps, when it waits for somebody, once a minute meanwhile, and when it ends, so that
     * little is lost of a process that is killed; and again when the run is resumed or abandoned, with what the folder has of it already, as
     * {@link RunReport#writeTo} says. If a report cannot be written, the log says so, and nothing else comes of it.
     *
     * @param folder made when the first report is written
     */
    public static RunReports in(Path folder) {
        return new RunReports(requireNonNull(folder, "folder"));
    }

    @Override
    public RunListener listenerOf(CompiledPlan compiled, Optional<PreflightReport> found) {
        ReportRecorder recorder = ReportRecorder.of(compiled);
        found.ifPresent(recorder::preflight);
        return new ReportWriter(recorder, folder);
    }
}
