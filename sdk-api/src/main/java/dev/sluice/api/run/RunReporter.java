// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.run;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.preflight.PreflightReport;
import java.util.Optional;

/**
 * Makes a report of each run: is asked for a listener that hears of that run alone and knows from the start what it does.
 * {@code dev.sluice.report.RunReports} of {@code sluice-report} writes files. Called from any thread. One that throws harms nothing: the run goes on
 * without its report, and the log says so.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface RunReporter {
    /**
     * A listener of one run, whether it begins, is resumed, or is taken back by a process that has not driven it. Asked for before its first event.
     *
     * @param compiled what the run does
     * @param found what the preflight has found right before the run began; empty if the run was begun before
     * @return hears of this run only. Its {@code RunEvent.RunFinished} comes once more if the run is abandoned afterwards.
     */
    RunListener listenerOf(CompiledPlan compiled, Optional<PreflightReport> found);
}
