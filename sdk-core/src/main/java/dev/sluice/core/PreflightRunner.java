// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.preflight.PreflightReport;
import dev.sluice.api.spi.Check;
import dev.sluice.api.spi.ServerAccess;
import dev.sluice.core.plan.PlanContext;
import dev.sluice.core.preflight.CheckSession;
import dev.sluice.core.preflight.Preflight;
import dev.sluice.core.run.Connectors;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs preflight for a compiled plan: core's own checks and those of the plan's engines. */
record PreflightRunner(Connectors connectors, Clock clock) {
    PreflightReport run(CompiledPlan compiled) {
        return new Preflight(clock)
                .run(
                        compiled,
                        PlanContext.of(compiled),
                        compiled.plan() instanceof ReplicationPlan plan ? engineChecks(plan) : List.of(),
                        target -> open((ReplicationPlan) compiled.plan(), target));
    }

    private List<Check> engineChecks(ReplicationPlan plan) {
        List<Check> checks =
                new ArrayList<>(connectors.engines().of(plan.source()).sourceChecks());
        checks.addAll(connectors.engines().of(plan.replica()).replicaChecks());
        return checks;
    }

    private CheckSession open(ReplicationPlan plan, Target target) {
        Endpoint endpoint = target == Target.SOURCE ? plan.source() : plan.replica();
        Optional<ServerAccess> access = connectors.engines().of(endpoint).access();
        if (access.isPresent()) {
            return CheckSession.of(access.get().open(endpoint));
        }
        Connectors.PlainText plainText =
                plan.allows(Consent.PLAIN_TEXT) ? Connectors.PlainText.ALLOWED : Connectors.PlainText.REFUSED;
        return CheckSession.open(connectors.to(endpoint, plainText, Map.of()));
    }
}
