// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.preflight.PreflightReport;
import dev.sluice.core.dump.ClientPrograms;
import dev.sluice.core.plan.PlanContext;
import dev.sluice.core.preflight.Preflight;
import dev.sluice.core.run.Connectors;
import dev.sluice.core.run.PlanServers;
import java.time.Clock;

/** Makes the checks of a compiled plan on its servers. */
record PreflightRunner(Connectors connectors, ClientPrograms programs, Clock clock) {
    PreflightReport run(CompiledPlan compiled) {
        PlanServers servers = new PlanServers(connectors, compiled, programs);
        return new Preflight(clock).run(compiled, PlanContext.of(compiled), servers.engineChecks(), servers);
    }
}
