// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.estimate.CopyEstimate;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.core.estimate.Estimator;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.run.Connectors;
import dev.sluice.core.run.PlanServers;
import dev.sluice.core.run.RunSettings;
import java.time.Clock;

/** Estimates the copy of a compiled plan on its servers. */
record EstimateRunner(Connectors connectors, RunSettings runs, Clock clock) {
    CopyEstimate run(CompiledPlan compiled) {
        if (!(compiled.plan() instanceof ReplicationPlan plan)) {
            throw new IllegalArgumentException("Only a plan that sets a replication up copies anything");
        }
        PlanServers servers = new PlanServers(
                connectors, compiled, runs.programs(), runs.budget().now());
        MySqlConnector source = servers.connector(Target.SOURCE)
                .orElseThrow(() -> new IllegalArgumentException(
                        "The source's engine has an access of its own, by which nothing can be measured"));
        MySqlConnector replica = compiled.replicaFacts().isExpected()
                ? null
                : servers.connector(Target.REPLICA).orElse(null);
        return new Estimator(source, replica, runs.budget().now(), clock)
                .estimate(compiled, plan, servers.binlogRetention());
    }
}
