// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.PreflightReport;
import dev.sluice.api.spi.Check;
import dev.sluice.api.spi.StepContext;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at the servers of a compiled plan for whatever would go wrong, before anything is changed: core's own checks and those of the
 * engines, a few side by side, each within a time of its own. Takes up to four connections to each server. Reads only. Immutable and
 * thread-safe.
 */
public final class Preflight {
    /** How long each check may take where nobody says otherwise. */
    public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(30);

    /** Enough that slow checks do not add up, few enough for a server that is short of connections. */
    private static final int LANES = 4;

    private final Clock clock;
    private final Duration limit;
    private final int lanes;

    /** With {@link #DEFAULT_LIMIT} for each check. */
    public Preflight(Clock clock) {
        this(clock, DEFAULT_LIMIT);
    }

    /**
     * With a time of the caller's.
     *
     * @param limit how long each check may take
     */
    public Preflight(Clock clock, Duration limit) {
        this(clock, limit, LANES);
    }

    Preflight(Clock clock, Duration limit, int lanes) {
        this.clock = clock;
        this.limit = limit;
        this.lanes = lanes;
    }

    /**
     * Makes all checks but those that the plan leaves out.
     *
     * @param context the context in which the plan was compiled
     * @param engineChecks for a plan that sets up a replication, those of the source's and the replica's engine
     * @return all findings, also of checks that could not be made; never throws for what a server does
     */
    public PreflightReport run(
            CompiledPlan compiled, StepContext context, List<Check> engineChecks, CheckServers servers) {
        List<Check> live = new ArrayList<>(LiveChecks.of(compiled, servers));
        List<String> made = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        Skipping skipping = Skipping.of(compiled.plan());
        if (compiled.plan() instanceof ReplicationPlan) {
            live.addAll(engineChecks);
        }
        ServerRules.of(compiled.plan()).stream()
                .filter(rule -> !skipping.leavesOut(rule.id(), rule.canBeSkipped()))
                .forEach(rule -> made.add(rule.id()));
        findings.addAll(new ServerRules().findings(context, skipping));
        live.removeIf(check -> skipping.leavesOut(check.id(), check.canBeSkipped()));
        try (CheckLanes crew = new CheckLanes(lanes, () -> new CheckRunner(compiled, context, servers, limit))) {
            make(live, crew, made, findings);
        }
        return new PreflightReport(compiled.fingerprint(), clock.instant(), made, skipping.inOrder(), findings);
    }

    /** Nothing else is looked at on servers that cannot be reached. */
    private static void make(List<Check> checks, CheckLanes crew, List<String> made, List<Finding> findings) {
        Check first = new ServersReachable();
        List<Finding> unreachable = crew.run(first);
        made.add(first.id());
        findings.addAll(unreachable);
        if (unreachable.isEmpty()) {
            for (CheckLanes.Made one : crew.run(checks)) {
                made.add(one.check().id());
                findings.addAll(one.findings());
            }
        }
    }
}
