// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.preflight.PreflightReport;
import dev.sluice.core.plan.PlanContext;
import dev.sluice.core.preflight.Preflight;
import dev.sluice.core.run.Connectors;
import dev.sluice.core.run.PlanServers;
import dev.sluice.core.run.RunSettings;
import java.time.Clock;

/** Makes the checks of a compiled plan on its servers. */
record PreflightRunner(Connectors connectors, RunSettings settings, Clock clock) {
    PreflightReport run(CompiledPlan compiled) {
        PlanServers servers = new PlanServers(
                connectors, compiled, settings.programs(), settings.budget().now());
        return new Preflight(clock).run(compiled, PlanContext.of(compiled), servers.engineChecks(), servers);
    }
}
