// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.preflight.PreflightReport;
import dev.sluice.core.run.Connectors;
import java.time.Clock;
import java.util.List;

/** Runs preflight for a compiled plan. */
record PreflightRunner(Connectors connectors, Clock clock) {
    PreflightReport run(CompiledPlan compiled) {
        return new PreflightReport(compiled.fingerprint(), clock.instant(), List.of(), List.of());
    }
}
