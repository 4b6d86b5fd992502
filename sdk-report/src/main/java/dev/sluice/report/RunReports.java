// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.report;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.preflight.PreflightReport;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunListener;
import dev.sluice.api.run.RunReporter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the report of each run into a folder when the run ends: {@code Sluice.builder().reports(RunReports.in(folder))}. Immutable and
 * thread-safe.
 */
public final class RunReports implements RunReporter {
    private static final Logger log = LoggerFactory.getLogger(RunReports.class);

    private final Path folder;

    private RunReports(Path folder) {
        this.folder = folder;
    }

    /**
     * Reports as {@code <run>.json} and a page {@code <run>.html} made from it, readable by the owner only: they name servers, tables and keys of
     * rows that differ. Written anew when a run is resumed or abandoned. If a report cannot be written, the log says so, and nothing else comes
     * of it.
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
        return event -> {
            recorder.onEvent(event);
            if (event instanceof RunEvent.RunFinished) {
                write(recorder.report());
            }
        };
    }

    /** A full disk on this machine is no reason for a run to end otherwise than it did. */
    private void write(RunReport report) {
        try {
            log.atInfo().addKeyValue("page", report.writeTo(folder)).log("The report of the run was written.");
        } catch (IOException failure) {
            log.atWarn()
                    .addKeyValue("folder", folder)
                    .setCause(failure)
                    .log("The report of the run could not be written.");
        }
    }
}
