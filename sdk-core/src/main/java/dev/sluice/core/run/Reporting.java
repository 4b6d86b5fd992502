// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.preflight.PreflightReport;
import dev.sluice.api.run.RunListener;
import dev.sluice.api.run.RunReporter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who reports runs, if anybody. Immutable and thread-safe.
 *
 * @param reporter null if nobody asked for reports
 * @param found what was found before the run that begins; null for runs that were begun before
 */
public record Reporting(
        @Nullable RunReporter reporter, @Nullable PreflightReport found) {
    private static final Logger log = LoggerFactory.getLogger(Reporting.class);

    /** Nobody asked for reports. */
    public static Reporting none() {
        return new Reporting(null, null);
    }

    /** This one, of all runs. */
    public static Reporting by(RunReporter reporter) {
        return new Reporting(requireNonNull(reporter, "reporter"), null);
    }

    /** For a run that begins on the strength of these findings. */
    public Reporting after(PreflightReport findings) {
        return new Reporting(reporter, findings);
    }

    /** These listeners of a run, and the one of its report. */
    List<RunListener> with(CompiledPlan compiled, List<RunListener> listeners) {
        List<RunListener> all = new ArrayList<>(listeners);
        listener(compiled).ifPresent(all::add);
        return all;
    }

    /** No report is a reason for a run not to begin, or for another process not to take it back. */
    private Optional<RunListener> listener(CompiledPlan compiled) {
        RunReporter asked = reporter;
        if (asked == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(asked.listenerOf(compiled, Optional.ofNullable(found)));
        } catch (RuntimeException thrown) {
            log.warn(
                    "The reporter of runs threw: this run has no report. fingerprint={}",
                    compiled.fingerprint(),
                    thrown);
            return Optional.empty();
        }
    }
}
