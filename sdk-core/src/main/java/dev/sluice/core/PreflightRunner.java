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
import java.time.Duration;

/**
 * Makes the checks of a compiled plan on its servers.
 *
 * @param limit how long each check may take
 */
record PreflightRunner(Connectors connectors, RunSettings settings, Clock clock, Duration limit) {
    PreflightReport run(CompiledPlan compiled) {
        PlanServers servers = new PlanServers(
                        connectors,
                        compiled,
                        settings.programs(),
                        settings.budget().now())
                .waitingFor(limit);
        return new Preflight(clock, limit).run(compiled, PlanContext.of(compiled), servers.engineChecks(), servers);
    }
}
