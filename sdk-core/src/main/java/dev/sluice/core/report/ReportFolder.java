// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.report;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.preflight.PreflightReport;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the reports of runs are written when they end, if anywhere. Immutable and thread-safe. */
public final class ReportFolder {
    /** Nobody asked for reports. */
    public static final ReportFolder NONE = new ReportFolder(null, null);

    private static final Logger log = LoggerFactory.getLogger(ReportFolder.class);

    private final @Nullable Path folder;
    private final @Nullable PreflightReport checks;

    private ReportFolder(@Nullable Path folder, @Nullable PreflightReport checks) {
        this.folder = folder;
        this.checks = checks;
    }

    /** This folder, which is made with the first report. */
    public static ReportFolder at(Path folder) {
        return new ReportFolder(folder, null);
    }

    /** For a run that was begun on the strength of these findings. */
    public ReportFolder after(PreflightReport found) {
        return new ReportFolder(folder, found);
    }

    /** These listeners of a run, and one that writes its report each time it ends. */
    public List<RunListener> with(CompiledPlan compiled, List<RunListener> listeners) {
        Path where = folder;
        if (where == null) {
            return listeners;
        }
        List<RunListener> all = new ArrayList<>(listeners);
        all.add(writer(where, compiled));
        return all;
    }

    private RunListener writer(Path where, CompiledPlan compiled) {
        ReportRecorder recorder = ReportRecorder.of(compiled);
        if (checks != null) {
            recorder.preflight(checks);
        }
        return event -> {
            recorder.onEvent(event);
            if (event instanceof RunEvent.RunFinished) {
                write(recorder.report(), where);
            }
        };
    }

    /** A full disk on this machine is no reason for a run to end otherwise than it did. */
    private static void write(RunReport report, Path where) {
        try {
            log.atInfo().addKeyValue("page", report.writeTo(where)).log("The report of the run was written.");
        } catch (IOException failure) {
            log.atWarn()
                    .addKeyValue("folder", where)
                    .setCause(failure)
                    .log("The report of the run could not be written.");
        }
    }
}
